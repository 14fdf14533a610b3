"""What Chromium has printed as it is handed out: pictures of few colours, no dates. And HTML of the Markdown of the guides."""

import base64
import html
import json
import re
import sys
import zlib

from pictures import run

# No day of making: the same sources give the same file.
DAY = "u:D:20240101000000Z"


def finish(pdf, target, title):
    """Pictures as indices into a palette, a title, no dates; every stream as small as it gets."""
    written = json.loads(run("qpdf", "--json-output", "--json-stream-data=inline", "--decode-level=generalized", pdf))
    objects = written["qpdf"][1]
    for entry in objects.values():
        stream = entry.get("stream")
        if stream and stream["dict"].get("/Subtype") == "/Image" and "/SMask" not in stream["dict"]:
            index_colours(stream)
    info = objects["obj:" + objects["trailer"]["value"]["/Info"]]["value"]
    info.clear()
    info.update({"/Title": "u:" + title, "/Producer": "u:xhht", "/CreationDate": DAY, "/ModDate": DAY})
    made = pdf.with_suffix(".json")
    made.write_text(json.dumps(written))
    options = "--object-streams=generate --recompress-flate --compression-level=9 --deterministic-id".split()
    run("qpdf", "--json-input", made, *options, target)


def index_colours(stream):
    """An image of a few colours, as places in the list of them."""
    width, height = stream["dict"]["/Width"], stream["dict"]["/Height"]
    data = base64.b64decode(stream["data"])
    if len(data) != 3 * width * height:
        sys.exit("a picture that is not of three bytes a dot")
    colours = [data[at : at + 3] for at in range(0, 3 * width * height, 3)]
    palette = sorted(set(colours))
    if len(palette) > 256:
        return
    bits = 4 if len(palette) <= 16 else 8
    place = {colour: index for index, colour in enumerate(palette)}
    indices = bytes(place[colour] for colour in colours)
    rows = [indices[at : at + width] for at in range(0, len(indices), width)]
    if bits == 4:
        rows = [bytes(a << 4 | b for a, b in zip(row[::2], row[1::2] + b"\0")) for row in rows]
    packed = zlib.compress(b"".join(rows), 9)
    lookup = "b:" + b"".join(palette).hex()
    stream["dict"] |= {
        "/ColorSpace": ["/Indexed", "/DeviceRGB", len(palette) - 1, lookup],
        "/BitsPerComponent": bits,
        "/Filter": "/FlateDecode",
    }
    stream["dict"].pop("/DecodeParms", None)
    stream["data"] = base64.b64encode(packed).decode()


def pages_of(pdf):
    """The words of each page, on one line."""
    text = run("pdftotext", "-layout", pdf, "-")
    return [" ".join(page.split()) for page in text.split("\f")][:-1]


# ------------------------------------------------------------------------------------------------ Markdown


def from_markdown(text):
    """HTML of the Markdown that the guides are written in: headings, numbered steps, points, tables, code, paragraphs."""
    return blocks(text.splitlines())


def blocks(lines):
    out, at = [], 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith("```"):
            end = lines.index("```", at + 1)
            out.append("<pre>" + whole_words("\n".join(lines[at + 1 : end])) + "</pre>")
            at = end + 1
        elif heading := re.match(r"(#+) (.*)", line):
            level = len(heading[1])
            out.append(f"<h{level}>{inline(heading[2])}</h{level}>")
            at += 1
        elif item := re.match(r"(\d+\.|-) +", line):
            step = len(item[0])
            end = at + 1
            while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * step)):
                end += 1
            inner = [line[step:]] + [rest[step:] for rest in lines[at + 1 : end]]
            if item[1] == "-":
                out.append(f'<div class="point">{blocks(inner)}</div>')
            else:
                number = item[1].rstrip(".")
                content = step_title(blocks(inner))
                out.append(f'<section class="step" id="step-{number}"><div class="number">{number}</div>{content}</section>')
            at = end
        elif line.startswith("|"):
            end = at
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            out.append(table(lines[at:end]))
            at = end
        else:
            end = at + 1
            while end < len(lines) and lines[end].strip() and not re.match(r"```|#+ |\||(\d+\.|-) ", lines[end]):
                end += 1
            out.append("<p>" + inline(" ".join(part.strip() for part in lines[at:end])) + "</p>")
            at = end
    return "\n".join(out)


def whole_words(code):
    """A command breaks between its words only: a hyphen at the end of a line would be typed."""
    return re.sub(r"\S+", lambda word: f"<span>{html.escape(word[0], quote=False)}</span>", code)


def step_title(content):
    """What a step begins with in bold is its title, and a bookmark."""
    titled, times = re.subn(r"^<p><strong>(.*?)</strong>(.*?)</p>", r'<p class="lead"><h3>\1</h3>\2</p>', content, flags=re.S)
    if times != 1:
        sys.exit(f"a step without a title: {content[:80]}")
    # A heading cannot stand within a paragraph.
    return titled.replace('<p class="lead">', '<div class="lead">', 1).replace("</p>", "</div>", 1)


def table(lines):
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f"<th>{inline(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[2:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def inline(text):
    """Code, bold, links: of a link to another page the name it has beside this one."""
    kept = []

    def keep(found):
        kept.append(f"<code>{html.escape(found[1], quote=False)}</code>")
        return f"\0{len(kept) - 1}\0"

    text = re.sub(r"`([^`]+)`", keep, text)
    text = html.escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", lambda link: f"<code>{link[1].replace('.md', '.txt')}</code>", text)
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)
