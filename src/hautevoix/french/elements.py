"""The elements of chemistry: symbol → name (IUPAC, in French: the Société chimique de France)."""

from __future__ import annotations

_NAMES = """
H hydrogène He hélium Li lithium Be béryllium B bore C carbone N azote O oxygène F fluor Ne néon
Na sodium Mg magnésium Al aluminium Si silicium P phosphore S soufre Cl chlore Ar argon K potassium
Ca calcium Sc scandium Ti titane V vanadium Cr chrome Mn manganèse Fe fer Co cobalt Ni nickel
Cu cuivre Zn zinc Ga gallium Ge germanium As arsenic Se sélénium Br brome Kr krypton Rb rubidium
Sr strontium Y yttrium Zr zirconium Nb niobium Mo molybdène Tc technétium Ru ruthénium Rh rhodium
Pd palladium Ag argent Cd cadmium In indium Sn étain Sb antimoine Te tellure I iode Xe xénon
Cs césium Ba baryum La lanthane Ce cérium Nd néodyme Pm prométhium Sm samarium Eu europium
Gd gadolinium Tb terbium Dy dysprosium Ho holmium Er erbium Tm thulium Yb ytterbium Lu lutécium
Hf hafnium Ta tantale W tungstène Re rhénium Os osmium Ir iridium Pt platine Au or Hg mercure
Tl thallium Pb plomb Bi bismuth Po polonium At astate Rn radon Fr francium Ra radium Ac actinium
Th thorium Pa protactinium U uranium Np neptunium Pu plutonium Am américium Cm curium Bk berkélium
Cf californium
""".split()

ELEMENTS: dict[str, str] = dict(zip(_NAMES[::2], _NAMES[1::2], strict=True))
"""Symbol → name."""
