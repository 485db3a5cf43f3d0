from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.text import plain


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (r"a $\frac{3}{2}$-approximation", "a 3/2-approximation"),
        (r"$O(\frac{n\ln m}{\epsilon^{2}})$", "O((n ln m)/ε^2)"),
        (r"at most $b+\frac12$ and $\frac{1}{2}n$", "at most b+1/2 and (1/2)n"),
        (r"a factor of $\sqrt{2}$, or $\sqrt{n+1}$, or $\sqrt[3]{n}$", "a factor of √2, or √(n+1), or n^(1/3)"),
        (r"$2\cdot 3$ heads, $5\cdot 10^{-4}$", "2·3 heads, 5·10^-4"),
        (r"$x \neq y$, $k\ll n$, $N \to \infty$", "x ≠ y, k≪n, N → ∞"),
        (r"$A \not\equiv s$", "A ≢ s"),
        (r"$O(n \log n)$ and O(n \log n) and $n\log\log n$", "O(n log n) and O(n log n) and n log log n"),
        (r"$n^{1 + o(1)}$ on $\mathbb{R}^{n\times d}$ by IACO$_\mathbb{R}$", "n^(1 + o(1)) on R^(n×d) by IACO_R"),
        (r"$\{0,1\}^n$ and $W\in\{-1,1\}$", "{0,1}^n and W∈{-1,1}"),
        (r"an error of $15^\circ$ at 40{\deg}S", "an error of 15° at 40°S"),
        (r"a $1.5\,\%$ gain on $10\,000$ and $11{,}860$ pairs", "a 1.5% gain on 10,000 and 11,860 pairs"),
        (r"$\binom{n}{2}$ pairs, $q\equiv 3 \pmod{4}$", "(n choose 2) pairs, q≡3 (mod 4)"),
    ],
)
def test_a_formula_keeps_what_it_says(raw: str, clean: str) -> None:
    assert plain(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (r"we propose \method, and \method\ gains", "we propose method, and method gains"),
        (r"\modelname{} gains, \ac{NED} too", "modelname gains, NED too"),
        (r"{\em a, b} and \textbf{c {\it d}} and \mathcal{E}", "a, b and c d and E"),
        (r"na\"{\i}ve G\"odel, fran\c{c}aise, Cerin\v{s}ek, Wroc{\l}aw", "naïve Gödel, française, Cerinšek, Wrocław"),
        (r"the system\'s (\r{ho} > 0.97, \eg on \'elite)", "the system's (ρ > 0.97, e.g. on élite)"),
        (r"EAGLES\footnote{See \url{x.org}} by~\citet[p. 3]{a} in \href{x.org}{this}", "EAGLES by in this"),
        (r"\eg this, \etc. and \>20 FPS", "e.g. this, etc. and >20 FPS"),
        (r"9\textsuperscript{th} of 10\textsuperscript{5}", "9th of 10^5"),
        (r"\\(2.4×\\) in \textcolor\{blue\}\{\url\{x.org\}\}", "2.4× in x.org"),
        (r"at \$5, from $5 to $10", "at $5, from $5 to $10"),
        (r"the QoE\QoS models split at \n\n", r"the QoE\QoS models split at \n\n"),
    ],
)
def test_commands_leave_their_words(raw: str, clean: str) -> None:
    assert plain(raw) == clean
    assert plain(clean) == clean


@given(st.text(alphabet="\\{}$^_~ a1,[]'\"") | st.text())
def test_any_text_is_set(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())


@pytest.mark.parametrize("part", ["{", "^{", "\\frac{", "\\sqrt{", "\\a{", "$", "\\{", "\\c{", "_\\not", "<a x="])
def test_deep_and_long_mark_up_is_read_to_its_end(part: str) -> None:
    """No clock: a reading whose time grows faster than the text would take hours here."""
    for text in (part * 4000, part * 4000 + "}" * 4000):
        said = plain(f"{text} the end")
        assert said == " ".join(said.split())
