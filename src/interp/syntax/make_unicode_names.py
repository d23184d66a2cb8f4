# SPDX-License-Identifier: BSL-1.0
"""Writes unicode_names.inc from the Unicode database of the python3 that runs it (3.11: Unicode 14).

One line for each named character, in order; code points count up by one unless a line `@HEX` says
where the next one stands. A name begins with a letter that says how many words it shares with the
name before (A none, B one ...), the rest follows. Names that are made by rule (Hangul syllables, CJK
ideographs, Tangut ...) are left to unicode_names.cpp.
"""
import unicodedata

RULES = ("HANGUL SYLLABLE ", "CJK UNIFIED IDEOGRAPH-", "TANGUT IDEOGRAPH-", "NUSHU CHARACTER-",
         "KHITAN SMALL SCRIPT CHARACTER-", "CJK COMPATIBILITY IDEOGRAPH-")
# NameAliases.txt: the ones people use; those that the running python3 does not know are left out.
ALIASES = """NULL:0 NUL:0 START OF HEADING:1 SOH:1 START OF TEXT:2 STX:2 END OF TEXT:3 ETX:3
END OF TRANSMISSION:4 EOT:4 ENQUIRY:5 ENQ:5 ACKNOWLEDGE:6 ACK:6 ALERT:7 BEL:7 BACKSPACE:8 BS:8
CHARACTER TABULATION:9 HORIZONTAL TABULATION:9 HT:9 TAB:9 LINE FEED:A NEW LINE:A END OF LINE:A LF:A NL:A EOL:A
LINE TABULATION:B VERTICAL TABULATION:B VT:B FORM FEED:C FF:C CARRIAGE RETURN:D CR:D SHIFT OUT:E SO:E
LOCKING-SHIFT ONE:E SHIFT IN:F SI:F LOCKING-SHIFT ZERO:F DATA LINK ESCAPE:10 DLE:10 DEVICE CONTROL ONE:11 DC1:11
DEVICE CONTROL TWO:12 DC2:12 DEVICE CONTROL THREE:13 DC3:13 DEVICE CONTROL FOUR:14 DC4:14
NEGATIVE ACKNOWLEDGE:15 NAK:15 SYNCHRONOUS IDLE:16 SYN:16 END OF TRANSMISSION BLOCK:17 ETB:17 CANCEL:18 CAN:18
END OF MEDIUM:19 EOM:19 SUBSTITUTE:1A SUB:1A ESCAPE:1B ESC:1B INFORMATION SEPARATOR FOUR:1C FILE SEPARATOR:1C FS:1C
INFORMATION SEPARATOR THREE:1D GROUP SEPARATOR:1D GS:1D INFORMATION SEPARATOR TWO:1E RECORD SEPARATOR:1E RS:1E
INFORMATION SEPARATOR ONE:1F UNIT SEPARATOR:1F US:1F SP:20 DELETE:7F DEL:7F PADDING CHARACTER:80 PAD:80
HIGH OCTET PRESET:81 HOP:81 BREAK PERMITTED HERE:82 BPH:82 NO BREAK HERE:83 NBH:83 INDEX:84 IND:84 NEXT LINE:85 NEL:85
START OF SELECTED AREA:86 SSA:86 END OF SELECTED AREA:87 ESA:87 CHARACTER TABULATION SET:88 HTS:88
NBSP:A0 SHY:AD CGJ:34F ALM:61C ZWSP:200B ZWNJ:200C ZWJ:200D LRM:200E RLM:200F LRE:202A RLE:202B PDF:202C LRO:202D
RLO:202E NNBSP:202F MMSP:205F WJ:2060 LRI:2066 RLI:2067 FSI:2068 PDI:2069 BYTE ORDER MARK:FEFF BOM:FEFF ZWNBSP:FEFF
LATIN CAPITAL LETTER GHA:1A2 LATIN SMALL LETTER GHA:1A3 WEIERSTRASS ELLIPTIC FUNCTION:2118
PRESENTATION FORM FOR VERTICAL RIGHT WHITE LENTICULAR BRACKET:FE18"""


def main():
    lines = []
    before, expected = [], 0
    for c in range(0x110000):
        name = unicodedata.name(chr(c), "")
        if not name or name.startswith(RULES):
            continue
        if c != expected:
            lines.append("@%X" % c)
        expected = c + 1
        words = name.split(" ")
        same = 0
        while same < min(len(words) - 1, len(before), 25) and words[same] == before[same]:
            same += 1
        lines.append(chr(65 + same) + " ".join(words[same:]))
        before = words
    aliases = []
    for text in ALIASES.replace("\n", " ").split(":"):
        aliases.append(text)
    pairs, name = [], aliases[0]
    for text in aliases[1:]:
        number, _, following = text.partition(" ")
        try:
            if unicodedata.lookup(name) == chr(int(number, 16)):
                pairs.append("=%s %s" % (number, name))
        except KeyError:
            pass
        name = following
    lines = pairs + lines
    with open("unicode_names.inc", "w") as out:
        out.write("// SPDX-License-Identifier: BSL-1.0\n// Written by make_unicode_names.py.\n// clang-format off\n")
        # A literal of moderate length at a time; they run together.
        for at in range(0, len(lines), 1000):
            out.write('R"names(' + "\n".join(lines[at:at + 1000]) + '\n)names"\n')


main()
