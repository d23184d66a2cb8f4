# \N{...} in literals: names from the database, by rule, aliases, any case; in f-strings too.
print("\N{BULLET}", "\N{em dash}", "\N{LATIN SMALL LETTER E WITH ACUTE}", ascii("\N{LF}\N{NBSP}\N{BYTE ORDER MARK}"))
print("\N{HANGUL SYLLABLE GAG}\N{HANGUL SYLLABLE HIH}\N{CJK UNIFIED IDEOGRAPH-4E00}", ascii("\N{GRINNING FACE}"))
print(f"\N{GREEK CAPITAL LETTER DELTA}={3}", f"{'x'}\N{DIGIT ONE}", len("\N{MATHEMATICAL BOLD CAPITAL A}"))
for text in (r"'\N{}'", r"'\N{NO SUCH THING}'", r"'\Nx'", r"'ab\N{SPACE'", r"'\N{HANGUL SYLLABLE XX}'", r"'\N{CJK UNIFIED IDEOGRAPH-4e0}'"):
    try:
        print(eval(text))
    except SyntaxError as e:
        print(e.msg)
