"""Names that rules need: sovereigns and popes who are numbered, acronyms, units of chemistry."""

from __future__ import annotations

_SOVEREIGNS = """
Adélaïde Adolphe Adrien Agapet Ahmed Albert Alexandre Alexis Alphonse Amaury Amédée Aménophis
Amenemhat Anastase Andronic Anne Antiochos Antiochus Antonin Artaxerxès Assurbanipal Attale
Auguste Bajazet Basile Baudouin Béatrix Béla Benoît Bérenger Bohémond Boleslas Boniface Boris
Calixte Carlos Casimir Cassivellaunus Catherine Célestin Charles Childebert Childéric Chilpéric
Chosroès Christian Christine Clément Cléopâtre Clotaire Clovis Conrad Constance Constantin
Dagobert Darius David Démétrios Denys Didier Edmond Edouard Édouard Edward Élisabeth Elisabeth
Élizabeth Elizabeth Eric Éric Ernest Étienne Etienne Eudes Eugène Eumène Farouk Félix Ferdinand
Foulques François Frédéric Frederic Friedrich Fouad Gaston Gélase Geoffroy George Georges Godefroy
Grégoire Guillaume Gustave Haakon Hadrien Hassan Henri Henry Héraclius Hilaire Honoré Honorius
Hormisdas Hugues Humbert Innocent Isabelle Isabeau Isaac Ivan Jacques James Jean Jeanne Johann
Joseph Juan Jules Julien Justin Justinien Kamehameha Karl Ladislas Lazare Léon Léopold Leopold
Lothaire Louis Lucius Ludwig Mahmoud Mahomet Manuel Marcel Margrethe Marguerite Marie Marin Martin
Mathias Maurice Maximilien Mehmed Mehmet Ménandre Michel Milan Mithridate Mohammed Mourad Murad
Mustafa Mustapha Napoléon Napoleon Nabuchodonosor Nectanébo Nicéphore Nicolas Nicomède Norodom
Olaf Olav Orkhan Osman Oscar Othon Otton Paul Pascal Pélage Pepi Pépin Pepin Petar Philippe
Philipe Pie Pierre Pomaré Premislas Prusias Psammétique Ptolémée Raimond Rainier Ramsès Raoul
Raymond Reza Richard Robert Rodolphe Romain Salmanasar Sancho Sargon Séleucos Séleucus Sélim Serge
Sésostris Séthi Sévère Sigismond Siméon Sixte Soliman Stanislas Sylvestre Sisowath
Teglath-Phalasar Théobald Théodore Théodoric Théodose Thibaut Thierry Thomas Thoutmosis Tibère
Tigrane Toutmosis Urbain Valentinien Vespasien Victor Victoria Vladimir Vincent Wenceslas
Venceslas Wilhelm Willem William Xerxès Yolande Zacharie Zéphyrin Zoé Abdülhamid Abdul-Hamid
Abdülmecid Abdul-Medjid Amenhotep Akhénaton Baudoin Brian Birger Canut Knut
"""
_QUEENS = (
    "Adélaïde Anne Béatrix Catherine Christine Cléopâtre Élisabeth Elisabeth Élizabeth Elizabeth"
)
_MORE_QUEENS = "Isabelle Isabeau Jeanne Marguerite Margrethe Marie Victoria Yolande Zoé Béatrice"

QUEENS = tuple(f"{_QUEENS} {_MORE_QUEENS}".split())
"""Names of queens: the first of a name is « première »."""

_NAMES = sorted({*_SOVEREIGNS.split(), *QUEENS})
SOVEREIGN_WORDS = frozenset(
    part for name in _NAMES for part in (name.split("-")[-1], name.split("-")[-1].upper())
)
"""The last words of those names, in capitals too."""

SOVEREIGN = (
    rf"(?:(?:{'|'.join(_NAMES)})(?:-(?:{'|'.join(_NAMES)}|Emmanuel|Adolphe|Quint))?"
    rf"|(?:{'|'.join(name.upper() for name in _NAMES)}))"
)
"""A pattern for the name of a sovereign or pope, in capitals too."""

_OTHER_FIRST_NAMES = """
Arthur Benjamin Daniel Donald Francis Franklin Gerald Hans Herbert Howard Jack John Jonathan
Joseph Karl Kenneth Lewis Mark Matthew Michael Otto Peter Philip Ralph Ronald Samuel Stephen
Theodore Thomas Walter Werner
"""
FIRST_NAME = "|".join(sorted({*_SOVEREIGNS.split(), *_OTHER_FIRST_NAMES.split()}))
"""A pattern for first names that a second initial often follows."""

_WORDS_IN_ROMAN_LETTERS = """
DIX MIX MIL CD CC CV CM CL CI MM MC MD DC DL DI MI LI LL LC ML MDC MCI CDI CCI CLI DCI LCI DVI CIC
CIL VIL LILI MIMI DCL MCM CLII MDM CCM MMC CCC CDC CDD DDD DCC MCC LXL ILL DIM MDL XXL XL XC XD LD
XM
"""
NOT_NUMERALS = frozenset(_WORDS_IN_ROMAN_LETTERS.split())
"""Words, and acronyms of our day, that happen to be made of Roman letters only."""

_SAID_AS_WORDS = """
ONU OTAN UNESCO UNICEF NASA SIDA OVNI CAPES ENA FIFA UEFA OPEP ALENA CERN CNIL CREDOC INED INSEE
INSERM INRA INALCO IRCAM MEDEF RADAR SAMU SMIC SMIG SONAR ZAC ZEP ZUP BENELUX COMECON CECA CEDEX
EURATOM FIDES FNAC GATT GESTAPO GOULAG KOMINTERN NEP OLP ORSEC OULIPO PACS SACEM SALT SECAM UNEF
UNITA UNRRA USAID DOM TOM ARCOM AFNOR AMAP ASSEDIC BAFA CAF CROUS EHPAD ESA FAO FINUL FED FOREM
GIEC HALDE IFOP IRA MIG NATO NORAD PISA RAM ROM SAC SEITA SIREN SIRET SOFRES STAPS TIG URSSAF ZAD
COVID FRELIMO SWAPO LICRA CIMADE AREVA AIPS
"""
WORD_ACRONYMS = frozenset(_SAID_AS_WORDS.split())
"""Acronyms that are said as words."""

_SAID_BY_LETTERS = """
URSS USA US UK UE CIA OAS SARL OGPU CEE RER ADN ARN TVA UMP PIB PME IVG IUT EDF GDF IBM UDF ISBN
UNR UMP AFP AOF AEF RDA RFA OMS OIT OMC OUA FMI RATP SFIO PSU FO CFE CNE UPA UPC EPS IRM IGN ISF
IUFM JO JOC MRP AG AGE AOC APL ATP BEP CIO ENS FAI HEC IEP IHS IRSN OCDE PEA POS PSG RMI RSA RTT
SPA STO TGI TOC UV ULM VIH OSCE EI IA QI QG PDG SOS ANPE APE BA AIT UGT UPR UDC UDR UFR UHF UC CQ
AP AR EM HIV EEG AVC OGM OPA ONG INA OM OL ASE ESS ETI AAH APL IST AME AIEA BEI IRC API
USB RI IC TAEG TEG EVA IDM
"""
LETTER_ACRONYMS = frozenset(_SAID_BY_LETTERS.split())
"""Acronyms with vowels that are spelled all the same."""

_WITHOUT_VOWELS = """
BBC BCG BD BNF BNP BTP CD CDR CFDT CFTC CGC CGT CNRS CNT CP CQFD CRS CSP CV DDT DGSE DJ DM DNS DST
DVD FBI FFI FLN FLNC FN FTP GPS GR HLM HP HS HTML HTTP JT KGB KO LCR LR LSD MJC MLF MP MST NB NKVD
PC PCF PCC PCUS PDF PJ PJ PMU PNB PQ PS PSG PTT PV QCM QCM QG QHS QI RDC RF RG RH RN RNT RPF RPR
RSS SDF SDN SMS SNCF SNK SPD SS STO TD TF TGV TNP TNT TP TSF TV VF VHS VTC VTT WC WWW XML
"""
KNOWN_CONSONANTS = frozenset(_WITHOUT_VOWELS.split())
"""Acronyms without a vowel that every listener knows: they are no doubt."""
