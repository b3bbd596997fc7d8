"""Words that are surnames and something else too: days, months, trades, colours, things."""

from __future__ import annotations

DETERMINERS = frozenset(
    "the a an this that his her its our their my your no every each der die das den dem des ein eine le la les un une".split()
)
TIMES = frozenset(
    "may march april august june monday sunday friday mai mars avril avant god lord christmas easter summer winter spring".split()
)
ORDINARY = TIMES | frozenset(
    """
page young rice bush hill hood ball case church home mark powers hunt battle beam brown green gray grey black white long short
strong bright wise good best moore low west north east south day night week field forest wood woods stone waters rivers lake banks
bank fisher farmer baker cook carpenter taylor smith mason miller butler porter carter cousins major dean chancellor bishop abbot
pope king prince marshall sergeant price rich sharp savage wild love joy hope faith grace glass gold silver steel iron bell book
bond bridges brook brooks bull bird wolf fox lamb drake crane swift snow frost ford gates hall house keys lane law laws lay leader
little live link lock march marsh mills moon park parks parish pitt pool post pound power read reed root rose rule rush sales ship
sands shaw spears speed stark star states street sweet temple thorn town trench trust turner union walker wall walls ward warren
wells wheeler will winner world worth lodge bowles peace pace self sure
""".split()  # noqa: SIM905
)
