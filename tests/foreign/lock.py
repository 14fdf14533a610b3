"""Locks kinds/form.xlsx as Excel does by itself, with its default password, and as somebody did, with another.

Needs msoffcrypto-tool, which `make` does not: these three files need not be made anew with the others.
"""

import hashlib
import io
import pathlib
import struct

import msoffcrypto
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted

KINDS = pathlib.Path(__file__).parent / "kinds"
DEFAULT = "VelvetSweatshop"


def agile(plain, password):
    """As Excel 2010 and later do."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, out)
    return out.getvalue()


def standard(plain, password):
    """As Excel 2007 does (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9)."""
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    digest = hashlib.sha1(salt + password.encode("utf-16-le")).digest()
    for time in range(50_000):
        digest = hashlib.sha1(struct.pack("<I", time) + digest).digest()
    digest = hashlib.sha1(digest + bytes(4)).digest()
    half = lambda fill: hashlib.sha1(bytes(a ^ fill for a in digest.ljust(64, b"\0"))).digest()
    key = (half(0x36) + half(0x5C))[:16]

    def sealed(data):
        cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return cipher.update(data) + cipher.finalize()

    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + provider
    expected = hashlib.sha1(verifier).digest().ljust(32, b"\0")
    info = struct.pack("<HHI", 3, 2, 0x24) + struct.pack("<I", len(header)) + header
    info += struct.pack("<I", 16) + salt + sealed(verifier) + struct.pack("<I", 20) + sealed(expected)
    package = struct.pack("<Q", len(plain)) + sealed(plain + bytes(-len(plain) % 16))
    out = io.BytesIO()
    ECMA376Encrypted(package, info).write_to(out)
    return out.getvalue()


plain = (KINDS / "form.xlsx").read_bytes()
for name, content, password in [
    ("default-password.xlsx", agile(plain, DEFAULT), DEFAULT),
    ("default-password-2007.xlsx", standard(plain, DEFAULT), DEFAULT),
    ("locked.xlsx", agile(plain, "bimat"), "bimat"),
]:
    file, back = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    file.load_key(password=password)
    file.decrypt(back)
    assert back.getvalue() == plain, name
    (KINDS / name).write_bytes(content)
