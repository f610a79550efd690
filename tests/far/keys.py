"""An authority of its own, and one key that it signed, as an administrator makes them for hub, workers and runs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

BEFORE = "DASK_DISTRIBUTED__COMM__TLS__"


def made_in(folder: Path) -> dict[str, str]:
    """What hub, workers and runs have in their environment."""
    authority, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    made = {
        "ca.pem": _signed("authority", authority, authority, True).public_bytes(Encoding.PEM),
        "node.pem": _signed("node", key, authority, False).public_bytes(Encoding.PEM),
        "node.key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    who = {f"{BEFORE}{one}__{what}": str(folder / file) for one in ("SCHEDULER", "WORKER", "CLIENT")
           for what, file in (("CERT", "node.pem"), ("KEY", "node.key"))}  # fmt: skip
    return {f"{BEFORE}CA_FILE": str(folder / "ca.pem"), **who}


def _signed(
    name: str, key: EllipticCurvePrivateKey, authority: EllipticCurvePrivateKey, is_authority: bool
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    return built.add_extension(x509.BasicConstraints(is_authority, None), True).sign(authority, SHA256())
