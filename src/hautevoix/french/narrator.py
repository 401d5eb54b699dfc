"""The narrator: a text as it is written → as it is said, with every change told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from hautevoix.french.boundaries import sentences
from hautevoix.french.doubts import doubts
from hautevoix.french.lexicon import Lexicon, correction_rule, lexicon_manner
from hautevoix.french.numbers import Counting
from hautevoix.french.rule import PLAIN, Glance, Held, Rule, apply, clear_of, moved
from hautevoix.french.rules import TYPOGRAPHY, reading
from hautevoix.french.rules.parts import DIGITS
from hautevoix.french.steps import Said, Step, joined
from hautevoix.model import Edit, LexiconEntry, Manner, Span, SpeechSpan, Spoken, Unsure
from hautevoix.model.options import Habits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TYPOGRAPHY = tuple(enumerate(TYPOGRAPHY))

_PASSES = 8
"""How often the rules may go over a text. The last pass changes nothing, so that saying what was
said changes nothing either; prose needs two, where it needs any."""


_FIGURES = frozenset(DIGITS)
_LETTERS = frozenset(filter(str.isalpha, PLAIN))


@lru_cache(maxsize=4096)
def _chances(habits: Habits, rare: frozenset[str]) -> tuple[tuple[int, Rule], ...]:
    """Return the rules that have a chance where these are the only characters but letters.

    Sentences have few kinds of signs among them, so most rules are looked at once for thousands.
    """
    characters = rare | _LETTERS
    return tuple(
        (position, rule)
        for position, rule in enumerate(reading(habits))
        if not any(needed.isdisjoint(characters) for needed in rule.needs)
        and not (rule.beyond and rule.beyond >= characters)
    )


_LONG = 4000
"""Characters from which a text is taken some sentences at a time: rules that have nothing to do
are then passed over, which a book on one line would never let happen."""


class Narrator:
    """Says French as a narrator would.

    ``lexicon`` entries hold before any rule and nothing changes what they say; ``corrections``
    are (printed, meant) pairs, made before the lexicon looks. ``counting`` is the voice's country;
    ``habits``: what tastes differ on.
    """

    def __init__(
        self,
        lexicon: Sequence[LexiconEntry] = (),
        corrections: Sequence[tuple[str, str]] = (),
        counting: Counting = Counting.FRANCE,
        habits: Habits = Habits(),  # noqa: B008 - a frozen value
    ) -> None:
        self._made_of = tuple(lexicon), tuple(corrections), counting, habits
        self._habits = habits
        self._counting = counting
        self._correct = correction_rule(corrections)
        self._lexicon = Lexicon(lexicon) if lexicon else None

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as what it is made of."""
        return Narrator, self._made_of

    def say(self, text: str, *, explain: bool = True) -> Spoken:
        """Return the words for a sentence or a whole paragraph; never fails, whatever the text.

        ``explain=False`` leaves out the changes and the doubts, and is faster.

        >>> Narrator().say("Louis XIV mourut le 1er septembre 1715.").words.text
        'Louis quatorze mourut le premier septembre mille sept cent quinze.'
        """
        if len(text) <= _LONG:
            return joined([self._say(text, explain=explain)], explain=explain)
        parts = [self._say(part, explain=explain) for part in _parts(text)]
        return joined(parts, TYPOGRAPHY, explain=explain)

    def say_all(self, texts: Iterable[str], *, explain: bool = True) -> Iterator[Spoken]:
        """Yield what ``say`` returns for each text."""
        return (self.say(text, explain=explain) for text in texts)

    def say_directed(
        self, texts: Iterable[tuple[str, Sequence[SpeechSpan]]], *, explain: bool = True
    ) -> Iterator[Spoken]:
        """Yield what ``say`` returns for each text, with spans (in order, apart) said as they tell.

        That is by other words, by sounds, or just as they stand: no rule touches them.

        >>> spans = [SpeechSpan(3, 10, say="breuil")]
        >>> [said.words.text for said in Narrator().say_directed([("De Broglie, en 1740.", spans)])]
        ['De breuil, en mille sept cent quarante.']
        """
        for text, spans in texts:
            yield joined([self._say(text, explain=explain, told=spans)], explain=explain)

    def _say(self, text: str, *, explain: bool, told: Sequence[SpeechSpan] = ()) -> Said:
        work = _Work(text, self._counting, explain=explain)
        if told:
            work.direct(told)
        work.follow(_TYPOGRAPHY)
        if self._correct:
            work.follow(((0, self._correct),))
        if self._lexicon:
            work.settle(self._lexicon)
        for _ in range(_PASSES):
            if not work.read(self._habits):
                break
        return work.done()


def _parts(text: str) -> list[str]:
    """Cut a long text between sentences, so that a space parts each from the next."""
    parts: list[str] = []
    gathered: list[str] = []
    size = 0
    for sentence in sentences(text):
        gathered.append(sentence)
        size += len(sentence)
        if size > _LONG // 2:
            parts.append(" ".join(gathered))
            gathered, size = [], 0
    return [*parts, " ".join(gathered)] if gathered else parts


class _Work:
    """A text on its way, and what has been done to it."""

    def __init__(self, text: str, counting: Counting, *, explain: bool) -> None:
        self._written = self._text = text
        self._counting = counting
        self._explain = explain
        self._glance = Glance(text)
        self._held: list[Held] = []
        self._stage = 0
        self._position = 0, 0
        self._steps: list[Step] = []
        self._unsure: list[Unsure] = []

    def follow(self, rules: Iterable[tuple[int, Rule]]) -> bool:
        """Apply each rule that has a chance; tell whether any changed the text."""
        before = self._text
        self._stage += 1
        for position, rule in rules:
            if rule.applies(self._glance):
                self._position = self._stage, position
                self._take(rule, rule.edits(self._text, self._counting))
        return self._text is not before

    def read(self, habits: Habits) -> bool:
        """Apply the rules as to a text just come in; only what a person told stays settled."""
        self._held = [stretch for stretch in self._held if stretch.told]
        return self.follow(self._in_turn(habits))

    def _in_turn(self, habits: Habits) -> Iterator[tuple[int, Rule]]:
        """Yield the rules that have a chance, those too for which an earlier one made signs."""
        signs: frozenset[str] = frozenset()
        done = -1
        while True:
            seen = self._glance
            found = seen.characters - _LETTERS
            signs |= found if found.isdisjoint(_FIGURES) else found | _FIGURES
            for position, rule in _chances(habits, signs):
                if position > done:
                    yield position, rule
                    done = position
                    if self._glance is not seen:
                        seen = self._glance
                        if not signs >= seen.characters - _LETTERS:
                            break
            else:
                return

    def settle(self, lexicon: Lexicon) -> None:
        """Say what the lexicon knows, and keep the rules away from it."""
        self._stage += 1
        self._position = self._stage, 0
        edits, held = lexicon.find(self._text, self._held)
        kept = moved(self._held, edits)
        self._held = sorted((*held, *kept), key=lambda stretch: stretch.start)
        self._change("lexicon", edits)

    def direct(self, told: Sequence[SpeechSpan]) -> None:
        """Say stretches as a person told for these very places."""
        self._stage += 1
        self._position = self._stage, 0
        edits, shift = [], 0
        for span in told:
            before = self._text[span.start : span.end]
            after = span.say or before
            start = span.start + shift
            manner = lexicon_manner(LexiconEntry(before, after, span.ipa))
            self._held.append(Held(start, start + len(after), manner, span.ipa, told=True))
            edits.append(Edit(span.start, before, after))
            shift += len(after) - len(before)
        self._change("mark", tuple(edits))

    def done(self) -> Said:
        """Return what came of it."""
        spans = tuple(
            Span(stretch.start, stretch.end, stretch.manner or Manner.GIVEN, stretch.ipa)
            for stretch in self._held
            if stretch.manner or stretch.told
        )
        open_questions = doubts(self._text, self._held) if self._explain else ()
        return Said(self._written, self._text, spans, self._steps, (*self._unsure, *open_questions))

    def _take(self, rule: Rule, edits: tuple[Edit, ...]) -> None:
        if edits and self._held:
            edits = clear_of(self._held, edits)
        if not edits:
            return
        if self._explain and rule.doubt:
            found = (edit.before for edit in edits if edit.before not in rule.sure)
            self._unsure += [Unsure(rule.doubt, token) for token in found]
        if self._held:
            self._held = moved(self._held, edits)
        if rule.manner:
            self._hold(rule, edits)
        self._change(rule.name, edits)

    def _hold(self, rule: Rule, edits: tuple[Edit, ...]) -> None:
        shift = 0
        for edit in edits:
            start = edit.start + shift
            self._held.append(Held(start, start + len(edit.after), rule.manner))
            shift += len(edit.after) - len(edit.before)
        self._held.sort(key=lambda stretch: stretch.start)

    def _change(self, name: str, edits: tuple[Edit, ...]) -> None:
        real = tuple(edit for edit in edits if edit.before != edit.after)
        if not real:
            return
        if self._explain:
            self._steps.append(Step(self._position, name, real))
        self._text = apply(self._text, real)
        self._glance = Glance(self._text)
