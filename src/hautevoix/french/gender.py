"""Whether what follows a number is feminine: « vingt et une pages », « vingt et un jours ».

A list of the nouns that prose counts, then endings with their exceptions (Grevisse, Le Bon Usage,
§ 471), then adjectives that stand before their noun. In doubt the number is masculine.
"""

from __future__ import annotations

import re

_FEMININE_NOUNS = """
artère arête asymptote aubergine betterave blanche boucle brioche cabine caméra candidate carpe case
cheville comète conserve croche crêpe cuisine datte douche droite endive escalope finale flûte
gaufre gélule hypoténuse lentille louche manche mangue merguez mole molécule moto médiane
noire octave olive orbite particule pastèque pizza quiche radio requête suite tarte tomate torpille
variable vidéo échalote
abbesse abeille accolade action adresse affaire affiche agence aiguille aile aire algue allumette
allusion allée alouette amande amende ampoule analyse ancre anecdote anglaise annexe annonce année
antenne araignée arche archive ariette arme armoire armée arrivée arrière-garde asperge assiette
assise astuce auberge audience aune automobile avance aventure avenue averse aviatrice bagarre
bague baie baignoire balance baleine ballade balle ballerine banane bande bande-annonce bannière
banque baraque barbe barque barre barrique barrière base basse bataille batterie baïonnette
belle-fille belle-mère belle-sœur bibliothèque biche bicyclette bille billette biographie blessure
blouse bobine bombarde bombe borne botte bouche bouchée bouffée bougie boule bourgade bourse
bouteille boutique boîte branche brasse brebis brigade brique brochure brosse brèche bête bûche
cabane cachette cage caisse calorie calèche campagne cane canette canne cantate capitale carabine
caravane caravelle caresse carotte carrière carte cartouche cascade caserne cathédrale cause
cavale cave caverne ceinture cellule cendre centaine cerise chaise chaloupe chambre chance
chandelle chanson chapelle charge charrette charrue chasse chatte chaussette chaussure chaîne
cheminée chemise chenille chienne chose chronique chute châtaigne chèvre cible cigarette cigogne
circonférence citadelle citation citoyenne citrouille cité claque classe clause clef clinique
cloche clé cohorte colline colombe colonie colonnade colonne commande commune compagnie comtesse
comédie condition conférence conquête console constante copie corbeille corde corne corvette
couche coudée couleur coupe cour courbe couronne course cousine coutume couture couverture crique
crise croix créature cuiller cuillerée cuillère cuirasse cuisse cuve cérémonie côte dalle dame
danse danseuse date demande demeure demi-douzaine demi-heure demi-journée demoiselle dent dette
devise dinde direction distance dose douzaine drachme dragée droguerie duchesse dune dynastie
décade décennie déesse défaite dépense dépouille dépêche eau ellipse embrasure encablure
encyclopédie enfance enquête entreprise entrée enveloppe erreur escadre escadrille escale
escarmouche espèce esquisse essence estampe expérience fable face facture faculté faille faim
famille fanfare farce faute façade felouque femme fente fenêtre ferme fessée feuille fiancée fiche
figue figure file filiale fille fillette fin flamme fleur flotille flotte flottille flèche foire
fois folie fonction fontaine force forge forme formule forteresse fortune forêt fosse foudre
fougère foule fourchette fourmi fournée fourrure fraise française fresque frontière frégate fugue
fumée fusillade fève fée fête galerie galère gamelle gare garnison gazelle gazette gemme gerbe
gifle girafe glace gloire gondole gorge gorgée goutte goélette graine grand-mère grange grappe
gravure grenade grenouille grille grossesse grotte grâce grève guerre guinée guitare guêpe
génération hache haie halte hanche harpe herbe heure hirondelle histoire horde horloge huile
huître hypothèse hyène hélice idole idée illustration image impasse impulsion impératrice inconnue
indulgence infirmière injure inscription instance insulte intrigue invasion jambe jarre jatte joie
joue journée juive jument jupe laitue lame lampe lampée lance langue lanterne larme larve lettre
liane liasse liberté licence lieue ligne lignée limite lionne liqueur lire liste litanie livraison
locomotive loge loi longueur louve lumière lune lunette lèvre légende légion machine madone main
maison maladie malle manifestation manière mansarde manœuvre marchande marche marguerite marine
mariée marmite marque marquise martre marée masse massue maxime maîtresse menace mer merveille
messe mesure meule meute mine minute mission mitrailleuse mode moitié momie monnaie montagne
montre morsure mosquée motte mouche mouette moule moustache mule municipalité muraille musique
myriade mèche mère médaille mélodie mémoire métaphore méthode météorite nappe narration nation
natte nausée navette nef neige nièce noce noix nonne norme note notion nouvelle nuance nuit nuée
nymphe obligation obole occasion ode odeur offrande ogive oie ombre once onde opinion opposition
opération orange ordonnance oreille orgie ouvreuse ouvrière page paire palme panne panthère
pantoufle paroi paroisse parole part partie passe patate patrouille patte paupière pause payse
peau peine pelle pendule pension pensée pente perche perle perruque personne perte peseta peuplade
pharmacie phase photo photographie phrase pierre pieuvre pilule pince pincée pinte pioche pipe
piqûre pirogue piscine piste pistole pièce place plage plaie plaine plainte plaisanterie planche
plante planète plaque plate-forme pluie plume poche poignée pointe poire pomme pompe porte portion
portée posture poule poupée poutre poésie prairie presse preuve prime princesse prise prison
prière procédure proie promenade promesse proposition propriété proue province provocation prune
précaution prêtresse puce pupille pyramide pèlerine péniche période pétition pêche qualité
quantité querelle question queue quille quinzaine racine rade rafale raie raison rame rangée
rasade ration recette recrue reine relation religieuse religion remarque rencontre rente ressource
ride rime rive rivière robe roche romance ronde rose roue roupie route ruche rue ruelle ruine
règle réalité récolte réflexion réforme région réplique réponse république répétition résolution
révolte révolution salade salle salve sandale sardine sauce saucisse sauterelle scène seconde
secte section semaine sentence sentinelle servante serviette seule sirène situation société soie
soirée somme sonate sonnette sorcière sorte souche soupe source souris sphère spirale station
statue strophe stèle subdivision substance superficie surface syllabe sylphide symphonie séance
sébile série sérénade sœur table tablette tablée tache taille tante tasse taxe température tempête
tente terrasse terre thèse tige tigresse tirade tisane toile toise toison tombe tonne torche
tortue touche touffe tourelle toux trace tragédie traite tranche trappe traversée tribu trompe
trompette troupe truie truite tuile tulipe tunique tâche tête université urne usine vache vague
valeur valise vallée valse vapeur variante veille veine vente verge verste vertu vertèbre veste
veuve viande victime victoire vie vieille vierge vigne villa ville vipère virgule vis visite
vitesse vitre voie voile voisine voiture voix volonté volute volée voyelle vue vérité vêpre
wagonnette zone âme ânesse ère écaille échelle échoppe écluse école économie écorce écurie édition
église élection élégie émeute émission énigme épaule épigramme épine épingle époque épouse épreuve
épée épître équation équipe étable étagère étape étincelle étoffe étoile étrangère étude étudiante
île œuvre
"""
_MASCULINE_NOUNS = """
abbé abonné accusé adversaire affilié aide alcool amphithéâtre ange anglais angle animal apogée
apôtre arbitrage arbre archevêché archéologue are arrêté article artiste associé athlète athée
atome augure autocar automate avantage axiome bagage bagne baume beffroi bijou blessé blé bol
cadavre cadre caducée café camarade camée canapé capitaine carrosse casque cataclysme catalogue
centime centre cercle cerveau chapitre chevreuil chiffre châle chèque chêne cierge cimetière
cinquième cirque clergé col colisée collège collègue colosse comité commissaire communiqué
communiste comte comté conclave condamné congé contrôle cortège coryphée costume coude couple
courage crime critique crâne curé côté degré denier derrière dialogue dimanche diplôme disque
dixième dollar domaine domestique dommage double dromadaire duc ducat duché dé décigramme
décolleté dédale délai délégué député désordre employé ensemble espion euro exemple exilé fantôme
fauteuil fidèle fleuve florin foie fonctionnaire fossé franc français fromage fusillé garde genre
gobelet gorille grade gramme gré gué gymnase génie hectare hectolitre hommage homme hémicycle hôte
idiome immeuble incendie initié insigne insurgé interlude intermède intervalle invalide invité
jade jour jubilé juge karaté kilo kilogramme kilomètre kilométre kiosque libelle libellé libraire
litre livre liège locataire louis lycée légume magazine malade malaise manche manège marbre marché
mariage marié mark masque massage mausolée maître membre mercure message messie meuble mexique
militaire mille ministre miracle missionnaire modèle moine mollusque monologue monopole mort
moustique murmure musée mètre mécanisme ménage môle nomade nombre notaire noyé nuage obstacle
office ombrage oncle ongle oracle orage orchestre ordre organe organisme otage outrage ouvrage
palace pamplemousse pape parachute parapluie parfum passage patrimoine paysage peintre peuple
philosophe pilote piège polichinelle portefeuille potage poème poète poêle prestige prince prisme
prisonnier privilège privilégié problème procédé prologue prolétaire propriétaire protocole pré
préjugé prélude prénom prépuce prêtre psaume pâtre pâté péage péché pédoncule périgée pétale
pétrole pôle quadrille quai quintal raté rectangle reproche revenu rhume risque rossignol rosé
rouble royaume règne réfugié régime révolutionnaire rêve rôle sabre sacre sacrilège satellite
saule scandale scarabée sceptre schisme secrétaire service sesterce seuil sexe signe silence singe
site siècle siège socialiste sol soldat solfège sortilège sosie sou souffle souverain spectacle
spectre spéléologue squelette stade style stère surnom symbole symptôme synode système séisme
temple terme tertre texte thème thé théâtre tiers tirage titre tome toupet traité travesti traître
triangle trophée trouble troène trucage tube tué type témoignage usage vase vaudeville velouté
ventre vermicelle verre vice vide vignoble village violoncelle virage visage volontaire volume
vote voyage véhicule âge âne écu écureuil élève émigré énoncé épilogue équipage étage été évadé
évêché être
"""
_EPICENE_ADJECTIVES = """
admirables autre autres brave braves célèbres faibles formidables honnêtes horribles illustres
immenses jeune jeunes larges magnifiques misérables même mêmes pauvre pauvres pénibles quelques
rare rares riches simple simples superbes terribles triste tristes vaste vastes véritables énorme
énormes
"""
_FEMININE_ADJECTIVES = """
ancienne basse belle blanche bonne certaine charmante courageuse courte dernière excellente
fameuse fausse forte franche grande grosse haute heureuse jolie longue lourde légère malheureuse
mauvaise noire nombreuse nouvelle petite pleine première principale prochaine précieuse prétendue
puissante ravissante sainte savante seule somptueuse vieille vraie
"""
_MASCULINE_ADJECTIVES = """
ancien bas beau bon certain charmant court dernier excellent fameux faux fort grand gros haut
heureux joli long malheureux mauvais nombreux nouveau petit premier principal principaux prochain
précieux prétendu puissant saint seul vieil vieux vrai
"""

_FEMININE = frozenset(_FEMININE_NOUNS.split())
_MASCULINE = frozenset(_MASCULINE_NOUNS.split())
_EPICENE = frozenset(_EPICENE_ADJECTIVES.split())
_SHE = frozenset(_FEMININE_ADJECTIVES.split())
_HE = frozenset(_MASCULINE_ADJECTIVES.split())

_FEMININE_ENDING = re.compile(
    r"(?:[tsx]ion|aison|té|ée|[^f]ie|ure|ette|esse|[ae]nce|ade|ude|[aeu]ille|elle|euse|trice|ière"
    r"|[aei]ine|onne|enne|ise|erse|otte|ousse|[au]sse|[cn]ane)$"
)
_FOLLOWING = re.compile(
    r" (?:(?:ou|et|à) \d+ (?!heures?\b|h\b))?([^\W\d_]+)(?: ([^\W\d_]+))?(?: ([^\W\d_]+))?"
)


def is_feminine(noun: str) -> bool:
    """Tell whether a noun, in the singular or plural, is feminine as far as can be told.

    >>> [is_feminine(noun) for noun in ("pages", "révolutions", "musées", "jours", "voix")]
    [True, True, False, False, True]
    """
    word = noun.lower()
    singular = word[:-1] if word.endswith("s") and len(word) > 3 else word  # « as », « os »
    if word in _FEMININE or singular in _FEMININE:
        return True
    if word in _MASCULINE or singular in _MASCULINE:
        return False
    return _FEMININE_ENDING.search(singular) is not None


_LED_BY_IT = re.compile(
    r"^(?:face|grâce|suite|faute|fin|côté|quant|mi|part|route|rive) (?:à|au|aux|de|du|des)?"
)
_BEFORE_ONE = re.compile(
    r"(?:(?:^|[^\w])(?:[Ll][ae]|[Ll]['’]|[Dd][ue]|[Aa]u|[Cc]e|[Cc]et|[Cc]ette|[Uu]ne?|[Dd]['’]"
    r"|[Ss]on|[Ss]a|[Nn]otre|[Ll]eur|[Cc]haque|[Dd]e l['’])"
    r" ?(?P<noun>[^\W\d_]{2,20})|(?P<named>\b(?:[Ll]ignes?|[Aa]linéas?|[Cc]haînes?|[Gg]roupes?"
    r"|[Ff]ormule|[Pp]hase|[Ll]igue|[Vv]oie|[Pp]orte|[Ss]alle|[Cc]lasse|[Ff]igure"
    r"|[Pp]age|[Tt]able|[Zz]one|[Rr]ègle|[Qq]uestion|[Ss]ection|[Ss]cène|[Ss]aison|[Éé]tape"
    r"|[Éé]quation|[Ff]iche|[Vv]ersion|[Ee]ntrée|[Oo]ption|[Pp]artie)|"
    r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][a-zà-ÿ]+))"
    r" (?P<n>\d*1)$"
)


def _names_something(text: str, end: int, match: re.Match[str]) -> bool:
    """Tell whether the number only names: « l'alinéa 1 montre », « tome 31 paraît »."""
    figures = _FIGURES.search(text, max(0, end - 16), end)
    if figures is None:
        return False  # a number in words
    if _LED_BY_IT.match(text[match.start(1) : match.start(1) + 24]):
        return True
    if figures[0] not in ("1", "01") and not _any_plural(match):
        return True
    before = _BEFORE_ONE.search(text[max(0, end - 48) : end])
    return before is not None and (before["noun"] or "").lower() not in _COUNTING


_FIGURES = re.compile(r"\d{1,16}$")
_COUNTING = frozenset(
    "compte a ajoute donne plus fait il elle reste avec pour environ que sont".split()
)


def _any_plural(match: re.Match[str]) -> bool:
    """Tell whether one of the words after a number above one is a plural, which it then counts."""
    words = [word for word in match.groups() if word]
    return words[0][-1] in "sxz" or words[0].isupper() or words[0].lower() in ("heure", "h")


def counts_feminine(text: str, end: int) -> bool:
    """Tell whether the number that ends at ``text[end]`` counts something feminine.

    >>> counts_feminine("21 jeunes filles", 2), counts_feminine("21 mille femmes", 2)
    (True, False)
    """
    match = _FOLLOWING.match(text, end, end + 80)
    if match and _names_something(text, end, match):
        return False
    if (
        match
        and match[1] in ("livre", "livres")
        and match[2] in ("sterling", "tournois", "parisis")
    ):
        return True
    for word in match.groups() if match else ():
        if word is None:
            break
        small = word.lower()
        singular = small.removesuffix("s")
        if small in _EPICENE:
            continue
        if singular in _SHE or small in _SHE:
            return True
        if singular in _HE or small in _HE:
            return False
        return is_feminine(word)
    return False
