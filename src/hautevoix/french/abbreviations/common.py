"""Abbreviations of words that are only cut short, as forms, guides and recipes have them."""

from __future__ import annotations

from hautevoix.french.abbreviations.entry import Abbreviation, entries

_CUT_SHORT = """
adm. administration adr. adresse agric. agriculture ann. annexe arrdt arrondissement assoc.
association
bibliogr. bibliographie biogr. biographie bull. bulletin bur. bureau cal. calibre catég. catégorie
circ. circonscription coeff. coefficient coef. coefficient compl. complément cond. conditions
corresp. correspondance crs. cours dén. dénivelé dépl. déplacement dest. destinataire diff.
difficulté
dispo. disponible disp. disponible doc. document dur. durée élec. électricité élém. élément
embarq. embarquement ens. ensemble ép. épouse équip. équipement étab. établissement éts
établissements
exp. expéditeur ext. extérieur fab. fabrication fact. facture gouv. gouvernement gar. garage
hôp. hôpital imm. immeuble incl. inclus ingr. ingrédients inscr. inscription inst. institut
int. intérieur inv. inventaire jard. jardin lib. librairie loc. location mag. magasin
mens. mensuel meub. meublé mod. modèle nb nombre nbre nombre nbx nombreux not. notaire obs.
observation
occ. occasion opt. option orient. orientation parr. parrain marr. marraine part. particulier
pass. passagers ph. photo poss. possible prép. préparation prés. présence princ. principal prop.
propriétaire
qual. qualité quant. quantité quest. question rem. remarque rép. réponse résa réservation rés.
réservation
resp. responsable séj. séjour serv. service soc. société spéc. spécial stat. station suppl.
supplément
rév. révision fréq. fréquence assur. assurance surf. surface synd. syndicat tps temps trad.
traduction trav. travaux trim. trimestre univ.
université
val. valeur vis. visite voit. voiture réf. référence tél. téléphone max. maximum min. minimum
moy. moyenne nat. nationalité sit. situation dom. domicile enf.
enfants
ét. étage bât. bâtiment gd grand sgr seigneur évt éventuellement évent. éventuellement
""".split()
_WORDS = dict(zip(_CUT_SHORT[::2], _CUT_SHORT[1::2], strict=True))
_DOTTED = {written: spoken for written, spoken in _WORDS.items() if written.endswith(".")}
_BARE = {written: spoken for written, spoken in _WORDS.items() if not written.endswith(".")}

_ALSO_WORDS = (
    "val. part. pass. mag. lib. gar. int. mod. cal. occ. opt. max. min. not. fact.".split()
)

COMMON: tuple[Abbreviation, ...] = (
    # A full stop before a small letter ends no sentence: it can only be an abbreviation's.
    *entries(
        "others",
        _DOTTED,
        after=(
            r"(?= ?:)|(?=,)|(?= (?:à|de|du|et|ou|en|d['’])\b)|(?= [a-zà-ÿ]{2,})|(?= [+-]\d)|"
            r"(?=\))"
        ),
    ),
    *entries(
        "others",
        {written: spoken for written, spoken in _DOTTED.items() if written not in _ALSO_WORDS},
        after=r"(?= \d)",
    ),
    *entries(
        "others",
        {"moy.": "moyenne", "pos.": "positif", "nég.": "négatif"},
        before=r"(?:\bde|[a-zA-Z]) ",
        ends=True,
    ),
    *entries("others", {"dir.": "direction"}, before=r"(?:, |\()", after=r" (?=[A-ZÀ-Þ])"),
    *entries(
        "others",
        {"p. de terre": "pommes de terre", "pdt": "pommes de terre"},
        before=r"(?:\d|g|kg|de|des|les) ",
    ),
    *entries(
        "others",
        {"cies": "compagnies", "empl.": "emplacements"},
        before=r"(?:\d|\b[LlDdCc]es) ",
        ends=True,
    ),
    *entries("others", {"év.": "évêque"}, after=r" (?=d['’]|de )"),
    *entries("others", _BARE, after=r"(?![\w'’.-])"),
    *entries(
        "others",
        {"max.": "maximum", "min.": "minimum"},
        before=r"(?:[%€°]|\b(?:mini|maxi|caractères|signes|personnes|mètres|places)) ?",
        ends=True,
    ),
    *entries("others", {"enf.": "enfants", "ex.": "exemplaires"}, before=r"\b[Dd]['’]", ends=True),
    *entries(
        "others",
        {"bl.": "blessés", "prison.": "prisonniers", "disp.": "disparus"},
        before=r"\d ",
        ends=True,
    ),
    *entries("others", {"pl.": "places"}, after=r" (?=(?:de|à) \d)"),
    *entries("references", {"sc.": "scène"}, before=r"\b(?:[Ee]n|[Mm]ise en|la|de) ", ends=True),
    *entries(
        "others",
        {
            "Cdt": "Cordialement",
            "Cdlt": "Cordialement",
            "cdlt": "cordialement",
            "Bien cdt": "Bien cordialement",
        },
        after=r"(?=[,.]|$)",
    ),
    *entries("others", {"mar.": "mariage"}, before=r"\b(?:[Cc]ontrat|[Aa]cte|[Bb]ans?) de "),
    *entries("others", {"Th.-Français": "Théâtre-Français"}),
    *entries(
        "months",
        {
            "janv.": "janvier",
            "févr.": "février",
            "fév.": "février",
            "avr.": "avril",
            "juil.": "juillet",
            "juill.": "juillet",
            "sept.": "septembre",
            "oct.": "octobre",
            "nov.": "novembre",
            "déc.": "décembre",
        },
        before=r"\b(?:[Ee]n|de|[Dd]['’]|[Dd]epuis|[Ff]in|[Dd]ébut|mi-|en|à|au|du|et|jusqu['’]en) ?",
        ends=True,
    ),
    *entries(
        "months",
        {
            "lun.": "lundi",
            "mar.": "mardi",
            "mer.": "mercredi",
            "jeu.": "jeudi",
            "ven.": "vendredi",
            "sam.": "samedi",
            "dim.": "dimanche",
        },
        after=r" ?:? (?=\d{1,2} ?[h:])",
    ),
)
