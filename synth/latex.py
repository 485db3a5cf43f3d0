"""LaTeX mark-up made plain text, so that a formula keeps what it says (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}$^_~]|[^\\{}$^_~]+|\\", re.DOTALL)
_MARKED = re.compile(r"[\\{}$^~]")
_ESCAPED = re.compile(
    r"\\\\[()]|\\(?:text[a-z]+|emph|url|href|uline|underline|color|footnote|cite[a-z]*|bf|num|enquote|[vckruH])\\\{|"
    r"\\[A-Za-z]+\\\{\\\}"
)
"""Mark-up of which brackets and braces were escaped once more, as some feeds have it."""
_DEEPEST = 40
_LONGEST_FORMULA = 400

_INFIX = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "mp": "∓", "approx": "≈", "sim": "∼", "simeq": "≃", "cong": "≅",
    "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠", "ll": "≪",
    "gg": "≫", "lesssim": "≲", "gtrsim": "≳", "equiv": "≡", "propto": "∝", "to": "→", "rightarrow": "→",
    "longrightarrow": "→", "xrightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒",
    "implies": "⇒", "Longrightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⇔",
    "Longleftrightarrow": "⇔", "mapsto": "↦", "nrightarrow": "↛", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂",
    "subseteq": "⊆", "subsetneq": "⊊", "supset": "⊃", "supseteq": "⊇", "sqsubseteq": "⊑", "cup": "∪", "cap": "∩",
    "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "oplus": "⊕", "otimes": "⊗", "odot": "⊙",
    "mid": "|", "vdash": "⊢", "models": "⊨", "vDash": "⊨", "succ": "≻", "prec": "≺", "succeq": "⪰", "preceq": "⪯",
    "parallel": "∥", "perp": "⊥", "ast": "*", "star": "⋆", "over": "/", "colon": ":", "triangleq": "≜",
    "bigcup": "⋃", "bigcap": "⋂",
}  # fmt: skip
_SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "hbar": "ℏ", "infty": "∞",
    "nabla": "∇", "partial": "∂", "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "emptyset": "∅",
    "varnothing": "∅", "sum": "∑", "prod": "∏", "int": "∫", "circ": "∘", "deg": "°", "degree": "°", "bullet": "•",
    "dagger": "†", "ddagger": "‡", "ldots": "…", "dots": "…", "cdots": "…", "langle": "⟨", "rangle": "⟩",
    "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖",
    "lVert": "‖", "rVert": "‖", "prime": "′", "top": "⊤", "bot": "⊥", "uparrow": "↑", "downarrow": "↓", "imath": "ı",
    "backslash": "\\", "checkmark": "✓", "square": "□", "circledR": "®", "pounds": "£", "euro": "€", "natural": "♮",
    "lbrace": "{", "rbrace": "}", "Re": "R", "slash": "/",
}  # fmt: skip
_LETTERS = {
    "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "S": "§", "textemdash": "—", "textendash": "–", "textless": "<", "textgreater": ">",
    "textdegree": "°", "textregistered": "®", "texttrademark": "™", "textasciitilde": "~", "textasciicircum": "^",
    "textbackslash": "\\", "textquotesingle": "'", "textquoteright": "’", "textquoteleft": "‘", "rq": "’", "lq": "‘",
    "textunderscore": "_", "textpm": "±", "texttimes": "×", "textmu": "μ", "guillemotleft": "«", "guillemotright": "»",
    "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "vs": "vs.",
}  # fmt: skip
_SYMBOLS = _LETTERS | _SIGNS | _INFIX
_ABBREVIATED = frozenset(("eg", "ie", "etc", "etal", "vs"))
_FORMATTING = frozenset(
    re.findall(
        r"\S+",
        "emph em it bf rm sc sf tt sl cal bm pmb boldsymbol operatorname operatornamewithlimits mbox hbox fbox url "
        "uline underline small scriptsize footnotesize tiny normalsize large Large huge left right middle big Big bigg "
        "Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle scriptstyle limits nolimits protect xspace "
        "noindent centering verb overline underbrace overbrace widehat widetilde mathop mathrel mathbin mathord dq "
        "ensuremath ding",
    )
)
_FORMATTING_START = ("text", "math")
_SPACES = frozenset(("quad", "qquad", "space", "newline", "par", "item", "enspace", "thinspace", "linebreak", "and"))
_DROPPED = re.compile(
    r"(?:no|new)?cite[a-zA-Z]*|(?:eq|c|C|auto|page)?ref|label|footnote(?:text|mark)?|thanks|[hv]space|color|begin|end|vskip"
)
_SECOND = frozenset(("href", "textcolor", "hyperlink", "colorbox"))
_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"))
_FUNCTIONS = frozenset(
    re.findall(
        r"\S+", "log ln lg exp min max argmin argmax arg sin cos tan sinh cosh tanh lim sup inf det dim gcd Pr mod"
    )
)
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "t": "\u0361",
    "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "vec": "", "dot": "\u0307", "ddot": "\u0308",
    "acute": "\u0301", "grave": "\u0300", "check": "\u030c", "breve": "\u0306",
    "widehat": "\u0302", "widetilde": "\u0303", "overline": "\u0304",
}  # fmt: skip
_AFTER_BACKSLASH = {
    "\\": " ", " ": " ", ";": " ", ":": " ", "\n": " ", "!": "", "-": "", "/": "", "(": "", ")": "",
    "[": " ", "]": " ", "|": "‖",
}  # fmt: skip
_ONE_SCRIPT = re.compile(r"[-+−]?[\w.]*[\w*+−⊤∞†‡′°®⋆'-]?%?|\([^()]*\)")
_ONE_PART = re.compile(r"√?[\w.∞]+(?:\^\w+)?|\([^()]*\)")
_UNDER_ROOT = re.compile(r"[\w.]+|\([^()]*\)")
_SET = re.compile(r"[^\s,{}]{1,15}(?:,\s?[^\s,{}]{1,15})+")
_WORDS = re.compile(r"[\w\s.:;'’-]*")
_THOUSAND = re.compile(r"\d{3}(?!\d)")
_CODE = re.compile(r"x[0-9A-Fa-f]{1,5}|\d{1,6}")


def without_latex(text: str) -> str:
    r"""The text without LaTeX mark-up; what the mark-up says stays.

    Commands that set a face (``\textbf``) leave their argument, symbols become characters, ``\frac{a}{b}``
    becomes ``a/b``, ``\sqrt{a}`` becomes ``√a``, citations go. A command that is not known leaves its argument, or
    without one its name. White space is left to the caller.
    """
    if not _MARKED.search(text):
        return text
    if _ESCAPED.search(text):
        text = re.sub(r"\\(?=\\[()]|[{}])", "", text)
    tokens = _TOKEN.findall(text)
    return _Setting(tokens).run(0, len(tokens))


class _Setting:
    """One text while its tokens are set one after the other; each is looked at a fixed number of times."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.mates = _mates(tokens, "{", "}")
        shown = _mates(tokens, "\\{", "\\}")
        listed = {
            one: two for one, two in shown.items() if "$" in tokens or _is_list(tokens[one + 1 : min(two, one + 80)])
        }
        self.braces = listed.keys() | listed.values()
        self.formulas = _formulas(tokens)
        self.marked = any(token[0] in "\\$" for token in tokens)
        self.math = False
        self.depth = 0

    def run(self, start: int, end: int) -> str:
        """The tokens from ``start`` to ``end`` as plain text."""
        out: list[str] = []
        at = start
        while at < end:
            at = self._step(at, end, out)
        return "".join(out)

    def _step(self, at: int, end: int, out: list[str]) -> int:
        token = self.tokens[at]
        if len(token) > 1 and token[0] == "\\":
            return self._command(at, end, out)
        if at in self.formulas:
            self.math = not self.math
        elif token in "{}":
            return self._group(at, end, out)
        elif token in "^_":
            return self._script(at, end, out)
        else:
            out.append(" " if token == "~" and self.math else token)
        return at + 1

    def _group(self, at: int, end: int, out: list[str]) -> int:
        mate = self.mates.get(at)
        if mate is None or mate >= end or self.depth >= _DEEPEST:
            return at + 1
        said = self._inside(at)
        bare = not any(
            near[:1] == "\\" and len(near) > 1 for near in (self.tokens[at - 1] if at else "", self.tokens[at + 1])
        )
        listed = _SET.fullmatch(said) or not (self.marked or _WORDS.fullmatch(said))
        out.append(f"{{{said}}}" if bare and listed else said)  # "{0,1}"
        return mate + 1

    def _inside(self, at: int) -> str:
        self.depth += 1
        said = self.run(at + 1, self.mates[at])
        self.depth -= 1
        return said

    def _script(self, at: int, end: int, out: list[str]) -> int:
        mark = self.tokens[at]
        following = self.tokens[at + 1] if at + 1 < end else ""
        if not (following == "{" and at + 1 in self.mates) and not following.startswith("\\"):
            out.append(mark)
            return at + 1
        said, behind = self._argument(at + 1, end)
        said = (said or "").strip()
        if mark == "^" and said in {"∘", "°", "′", "®"}:
            out.append("°" if said == "∘" else said)
        elif said:
            out.append(mark + (said if _ONE_SCRIPT.fullmatch(said) else f"({said})"))
            if mark == "^" and following == "{" and self._next(behind, end).isalnum() and said[-1].isalnum():
                out.append(" ")
        return behind

    def _next(self, at: int, end: int) -> str:
        return self.tokens[at][0] if at < end else ""

    def _argument(self, at: int, end: int) -> tuple[str | None, int]:
        """What the group, command or character at a place says, and the place behind it."""
        if at < end and self.tokens[at].isspace():
            at += 1
        if at >= end or at in self.formulas:
            return None, at
        token = self.tokens[at]
        if token == "{" and at in self.mates and self.mates[at] < end and self.depth < _DEEPEST:
            return self._inside(at), self.mates[at] + 1
        if len(token) > 1 and token[0] == "\\":
            if self.depth >= _DEEPEST:
                return None, at
            out: list[str] = []
            self.depth += 1
            at = self._command(at, end, out)
            self.depth -= 1
            said = "".join(out)
            return self._argument(at, end) if not said and self._next(at, end) == "{" else (said, at)  # "_\\mathbb{R}"
        if token in ("{", "}", "^", "_", "~", "\\"):
            return None, at
        token = token.lstrip()
        self.tokens[at] = token[1:]
        return token[0], at if token[1:] else at + 1

    def _option(self, at: int, end: int) -> tuple[str, int]:
        """What stands in square brackets behind a command, where it does so in one piece."""
        if at < end and self.tokens[at].startswith("["):
            said, closed, rest = self.tokens[at][1:].partition("]")
            if closed:
                self.tokens[at] = rest
                return said, at if rest else at + 1
        return "", at

    def _command(self, at: int, end: int, out: list[str]) -> int:
        name = self.tokens[at][1:]
        behind = at + 1
        if not name.isalpha() or not name.isascii():
            return self._sign(name, behind, end, out)
        if _DROPPED.fullmatch(name):
            return self._dropped(behind, end, out)
        if name in _FRACTIONS or name == "binom":
            return self._fraction(name, behind, end, out)
        if name == "sqrt":
            return self._root(behind, end, out)
        if name in _ACCENTS and (len(name) > 1 or self._next(behind, end) == "{"):
            return self._accent(name, behind, end, out)
        if name in _SECOND:
            first, behind = self._argument(behind, end)
            second, behind = self._argument(behind, end)
            out.append(first or "" if second is None else second)
            return behind
        if name in _SYMBOLS:
            return self._symbol(name, behind, end, out)
        if name in {"unicode", "ding", "textsuperscript", "SI", "qty", "abs", "norm", "not", "pmod"}:
            return self._special(name, behind, end, out)
        if name in _SPACES:
            out.append(" ")
            return behind
        if name in _FORMATTING or name.startswith(_FORMATTING_START):
            return self._without_space(behind, end)
        return self._unknown(name, behind, end, out)

    def _without_space(self, at: int, end: int) -> int:
        if at < end and self.tokens[at][0].isspace():
            self.tokens[at] = self.tokens[at].lstrip()
            return at if self.tokens[at] else at + 1
        return at

    def _sign(self, name: str, at: int, end: int, out: list[str]) -> int:
        if name in _ACCENTS:
            return self._accent(name, at, end, out)
        if name == ",":
            before = out[-1][-1:] if out else ""
            grouped = before.isdigit() and at < end and _THOUSAND.match(self.tokens[at])
            percent = at < end and self.tokens[at] in ("\\%", "%")
            out.append("," if grouped else "" if percent else " ")
        elif name == "@":
            out.append("" if self._next(at, end).isspace() else "@")
        elif name in "{}":
            out.append(name if at - 1 in self.braces else "")
        else:
            if name in "([" or name in ")]":
                self.math = name in "(["
            out.append(_AFTER_BACKSLASH.get(name, name))
        return at

    def _dropped(self, at: int, end: int, out: list[str]) -> int:
        if out and out[-1].endswith((" ", "~", "\n")):
            out[-1] = out[-1][:-1]
        _, at = self._option(at, end)
        if at < end and self.tokens[at] == "{":
            _, at = self._argument(at, end)
        return at

    def _fraction(self, name: str, at: int, end: int, out: list[str]) -> int:
        above, at = self._argument(at, end)
        below, at = self._argument(at, end)
        if above is None or below is None:
            out.append((above or "") + (below or ""))
            return at
        if name == "binom":
            out.append(f"({above} choose {below})")
            return at
        made = f"{_as_part(above)}/{_as_part(below)}"
        before, after = (out[-1][-1:] if out else ""), self._next(at, end)
        glued = before.isalnum() or before in ("^", "_", ")") or after.isalnum() or after in ("(", "^", "√")
        glued = glued or (after == "\\" and (self.tokens[at][1:] in _SIGNS or self.tokens[at] == "\\sqrt"))
        out.append(f"({made})" if glued else made)
        return at

    def _root(self, at: int, end: int, out: list[str]) -> int:
        degree, at = self._option(at, end)
        said, at = self._argument(at, end)
        if said is None:
            out.append("√")
        elif degree:
            out.append(f"{_as_part(said)}^(1/{degree})")
        else:
            out.append(f"√{said if _UNDER_ROOT.fullmatch(said) else f'({said})'}")
        return at

    def _accent(self, name: str, at: int, end: int, out: list[str]) -> int:
        following = self.tokens[at] if at < end else ""
        before = out[-1][-1:] if out else ""
        if name in "'`" and before.isalpha() and following[:1] == "s" and not following[1:2].isalpha():
            out.append(name)  # an apostrophe that was escaped: "the system\'s"
            return at
        if len(name) == 1 and not name.isalpha() and not (following[:1].isalpha() or following[:1] in ("{", "\\")):
            out.append(name)
            return at
        said, at = self._argument(at, end)
        said = said or ""
        if name + said in _SYMBOLS and len(said) > 1:  # "\r{ho}" is what some feeds make of "\rho"
            out.append(_SYMBOLS[name + said])
            return at
        letter = {"ı": "i", "ȷ": "j"}.get(said[:1], said[:1])
        accented = unicodedata.normalize("NFC", letter + _ACCENTS[name])
        out.append(
            (accented if len(accented) == 1 else letter) + said[1:] if len(said) == 1 or len(name) == 1 else said
        )
        return at

    def _symbol(self, name: str, at: int, end: int, out: list[str]) -> int:
        spaced = bool(out) and out[-1][-1:].isspace()
        out.append(_SYMBOLS[name])
        if name in _ABBREVIATED:
            if self._next(at, end) == ".":
                out[-1] = out[-1][:-1]
            return at
        if name in _LETTERS:
            return self._without_space(at, end)
        if self.math and not (spaced and name in _INFIX):
            return self._without_space(at, end)
        return at

    def _special(self, name: str, at: int, end: int, out: list[str]) -> int:
        said, behind = self._argument(at, end)
        said = said or ""
        if name in ("unicode", "ding"):
            out.append(_character(name, said))
        elif name == "textsuperscript":
            out.append(f"^{said}" if re.fullmatch(r"[-−+]?\d+", said) else said)
        elif name == "not":
            spaced = bool(out) and out[-1][-1:].isspace() and not self._next(behind, end).isspace()
            out.append(said.rstrip() + "\u0338" + " " * spaced)
        elif name == "pmod":
            out.append(f" (mod {said})")
        elif name in ("abs", "norm"):
            bar = "|" if name == "abs" else "‖"
            out.append(f"{bar}{said}{bar}")
        else:
            unit, behind = self._argument(behind, end)
            out.append(f"{said} {unit or ''}")
        return behind

    def _unknown(self, name: str, at: int, end: int, out: list[str]) -> int:
        following = self._next(at, end)
        before = out[-1][-1:] if out else ""
        if following == "{" and at in self.mates and name not in _FUNCTIONS:
            said, behind = self._argument(at, end)
            if said and said.strip():
                out.append(said)
                return behind
            out.append(name)
            return behind
        function = self.math or name in _FUNCTIONS
        glued = before.isalnum() and at > 1 and self.tokens[at - 2][:1] != "\\"
        if not function and (glued or (len(name) == 1 and name.islower())):
            out.append(f"\\{name}")  # no LaTeX: "QoE\QoS", "\n"
            return at
        if function and (before.isalnum() or before == ")"):
            out.append(" ")
        out.append(name)
        closes = following == "\\" and self.tokens[at] in _CLOSING
        if function and (following.isalnum() or following in ("\\", "{")) and not closes:
            out.append(" ")
        return at


_CLOSING = frozenset(("\\right", "\\)", "\\]", "\\big", "\\bigl", "\\left", "\\Big", "\\Bigl", "\\bigr", "\\Bigr"))


def _mates(tokens: Sequence[str], opening: str, closing: str) -> Mapping[int, int]:
    """Where the group that opens at a place closes."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token == opening:
            opened.append(at)
        elif token == closing and opened:
            found[opened.pop()] = at
    return found


def _is_list(tokens: Sequence[str]) -> bool:
    return any("," in token or token in ("\\mid", "\\ldots", "\\dots") for token in tokens)


def _formulas(tokens: Sequence[str]) -> frozenset[int]:
    """The dollar signs that start or end a formula; the others are money."""
    found: set[int] = set()
    opened: int | None = None
    length = 0
    for at, token in enumerate(tokens):
        if token != "$":
            length += len(token)
        elif opened is None or length > _LONGEST_FORMULA:
            opened, length = at, 0
        elif (
            opened + 1 < at and tokens[opened + 1][0].isdigit() and at + 1 < len(tokens) and tokens[at + 1][0].isdigit()
        ):
            opened, length = at, 0  # "from $5 to $10"
        else:
            found |= {opened, at}
            opened = None
    return frozenset(found)


def _as_part(said: str) -> str:
    said = said.strip()
    return said if _ONE_PART.fullmatch(said) else f"({said})"


def _character(command: str, said: str) -> str:
    if not _CODE.fullmatch(said):
        return ""
    number = int(said[1:], 16) if said[0] == "x" else int(said)
    if command == "ding":
        return (
            chr(number - 182 + 0x2776)
            if 182 <= number <= 191
            else chr(number - 172 + 0x2460)
            if 172 <= number <= 181
            else ""
        )
    return chr(number) if 32 <= number < 0xD800 else ""
