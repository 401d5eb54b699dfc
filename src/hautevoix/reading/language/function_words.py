"""The commonest words of languages: articles, pronouns, prepositions, conjunctions, auxiliaries.

Half of all words of a running text are among some hundred such, whatever it is about. Drawn up by
hand from the grammar of each language; what elision and contraction leave (« l », « qu », « t »)
are words here too. French has its older spellings and forms.
"""

from __future__ import annotations

_FRENCH = """
    le la les l un une des du de d au aux à ce cet cette ces c mon ma mes ton ta tes son sa ses
    notre nos votre vos leur leurs je j tu t il ils elle elles on nous vous me m te se s lui y en
    moi toi soi eux qui que qu quoi dont où lequel laquelle lesquels quel quelle quels quelles et ou
    ni mais or donc car si comme quand lorsque puisque quoique afin parce ainsi alors ne n pas plus
    point jamais rien aucun aucune guère tout toute tous toutes même mêmes autre autres dans par
    pour sur sous avec sans chez vers entre contre depuis pendant avant après jusque jusqu dès lors
    selon malgré devant derrière très bien peu trop aussi encore déjà puis ici là est sont était
    étaient être été suis es sommes êtes fut furent sera seront serait soit fût ai as a avons avez
    ont avait avaient avoir eu eut aura auront aurait ait eût fait faire peut doit faut va cela ça
    celui celle ceux celles ci chaque plusieurs quelque quelques deux trois quatre cinq dix cent
    mille ung estre esté estoit estoient avoit avoient étoit étoient étois avois fust eust moy toy
    luy icy ay sçavoir vostre nostre tousjours mesme mesmes aultre aultres dict dicte icelle icelui
    iceux ledit ladite lesdits dudit audit desdits moult ains onques oncques ot fu dist molt
    """
_OTHERS = {
    "en": """
        the of and to in that is was he for it with as his on be at by this had not are but from or
        have an they which you were her all she there would their we him been has when who will more
        no if out so what up said its about into than them can only other could some these two may
        then do my now such like our your i a me s t d m ll ve re don did does is any after over
        """,
    "de": """
        der die das und in zu den von mit sich des auf für ist im dem nicht ein eine als auch es an
        werden aus er hat dass daß sie nach wird bei einer um am sind noch wie einem über einen so
        zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn ich du wir ihr mich
        mir dir ihn ihm uns kein keine doch da hier was wer sagte hatte diese dieser dieses alle
        """,
    "es": """
        el la los las de del que y e en un una unos unas por con no para su sus lo al como más pero
        se le les me te nos os mi tu si ya o u cuando muy sin sobre también hasta hay donde quien
        desde todo toda todos todas era eran es son fue ser está había han he este esta esto ese esa
        eso ella ellos yo él nada así porque ni aunque entre dijo dos
        """,
    "it": """
        il lo la i gli le l un uno una di del dello della dei degli delle d dell da dal dalla dai a
        al allo alla ai agli alle all in nel nella nei negli nelle nell con su sul sulla per tra fra
        e ed o ma che chi cui non più si se come anche io tu lui lei noi voi loro mi ti ci vi ne è
        sono era erano essere ho ha hanno aveva suo sua suoi questo questa quello quella c quando
        dove perché così poi molto tutto tutti disse
        """,
    "pt": """
        o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem e ou
        que se não mais mas como quando ao à aos às seu sua seus suas ele ela eles elas eu tu você
        me te lhe nós isso isto este esta esse essa aquele era foi ser são é está tem tinha há já
        muito também até depois sobre entre quem onde nem só disse dois
        """,
    "nl": """
        de het een en van in te dat die is op zijn met voor niet aan er om ook als dan maar bij of
        uit nog naar door over hij zij ze wij we je jij ik mijn haar hem hun ons was had heeft
        hebben werd worden wordt zou kan kon toen zo wat wie geen deze dit tot meer al men zich
        onder want
        """,
    "la": """
        et in est non ad ut cum ex ab a de quod qui quae quam quem cuius cui quo sed si per esse
        sunt erat fuit aut nec neque atque ac enim autem etiam iam hoc haec hic id eius eum eo ea
        eorum sibi suo sua suum se nos me te mihi tibi omnia omnes pro sine inter post ante quia dum
        nunc tamen igitur ergo ipse ille illa vel tu ego sicut super deus dominus
        """,
    "ca": """
        el la els les l un una uns unes de del dels d i o en amb per pel a al als que qui no més
        però com quan si es s se em et li hi ho ja molt també fins on és són era eren ser ha han
        havia aquest aquesta això seu seva jo tu ell ella nosaltres res tot tots perquè sense sobre
        dos
        """,
    "ro": """
        și şi în de la cu pe să nu este e o un a al ai ale care că mai din pentru s se l le îi i au
        fost sunt era ca ce dar sau prin după până lui ei el ea eu tu noi voi lor sa său acest
        această când cum unde tot toate foarte fi am ar
        """,
    "sv": """
        och i att det som en på är av för med den till inte han hon de om ett men var sig så från vi
        har hade jag du nu ut när där vid kan ska skulle ej över efter också eller mycket än detta
        denna mig dig honom henne sin sitt sina här då hur vad alla
        """,
    "da": """
        og i at det som en på er af for med den til ikke han hun de om et men var sig så fra vi har
        havde jeg du nu ud når der ved kan skal skulle ej over efter også eller meget end dette
        denne mig dig ham hende sin sit sine her da hvor hvad alle av etter seg
        """,
    "pl": """
        i w z na do się że nie to jest jak o po za od co ale tak był była było go jego jej ich przez
        dla przy już tylko być czy ja ty on ona my wy pan tym tego tej który która które są mnie mu
        by ze sobie gdy kiedy bo jeszcze może
        """,
    "eo": """
        la kaj de en estas estis ne mi vi li ŝi ĝi ni ili kiu kiuj kiun kiam kie ke al el per por
        pri sed tiu tiuj tio kun ĉar se aŭ ankaŭ nur pli tre sia sian lia mia via oni jam ĉiu da
        post
        """,
    # Written in France and read there: never told as another language, so that a text of it is
    # no alarm, though Spanish or Italian would be near.
    "oc": """
        lo la los las li lou lei un una de del dels d al als e o en dins amb emb per que qu qui non
        pas ni mas mai se s si es èra son a aguèt avia aviá aqueste aquel aquela sus coma quand tot
        tota ieu iéu tu el ela nos vos ié i ben dau di dis
        """,
}

FRENCH = frozenset(_FRENCH.split())
"""Of French, with its older spellings."""

FUNCTION_WORDS = {code: frozenset(words.split()) for code, words in _OTHERS.items()}
"""Of other languages, by code."""
