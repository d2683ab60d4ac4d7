"""Only what is reached over the public internet is sent to, however an address is written or found."""

import socket

import pytest

from cms.webhooks import addresses
from cms.webhooks.addresses import find_receiver, is_public
from cms.webhooks.problems import Problem, UnableToSend

PUBLIC = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "192.0.2.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1"),
    # IPv4 inside IPv6: mapped, by NAT64, by 6to4, by Teredo.
    *("::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1"),
    *("2002:7f00:1::1", "2002:a9fe:a9fe::1", "2001:0:7f00:1::1", "2001:db8::1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_sent_to(address):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_not(address):
    assert not is_public(address)


def problem_with(url: str, allow_private: bool = False) -> Problem:
    with pytest.raises(UnableToSend) as caught:
        find_receiver(url=url, allow_private=allow_private)
    return caught.value.problem


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "localhost", "[fe80::1%25lo]"),
        # Decimal, octal, hexadecimal, shortened: all of them are 127.0.0.1.
        *("2130706433", "0177.0.0.1", "017700000001", "0x7f.1", "0x7f000001", "127.1"),
    ],
)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_private_host_is_refused(scheme, host):
    assert problem_with(f"{scheme}://{host}/hook") == Problem.PRIVATE


def test_name_of_a_private_address_is_refused(names):
    names["inside.example"] = ["192.168.1.1"]
    assert problem_with("https://inside.example/hook") == Problem.PRIVATE


@pytest.mark.parametrize("found", [["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"]])
def test_one_private_address_spoils_all(names, found):
    names["two-faced.example"] = found
    assert problem_with("https://two-faced.example/hook") == Problem.PRIVATE


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "example.org",
            "ftp://example.org/",
            "file:///etc/passwd",
            "https://",
            "https:///path",
            "//example.org",
        ),
        *("http://[::1/", "https://example.org:99999/", "https://exa mple.org/", "javascript:alert(1)"),
        *("https://name:password@example.org/", "http://１２７.0.0.1/"),
    ],
)
def test_malformed_address_is_refused(url):
    assert problem_with(url, allow_private=True) == Problem.MALFORMED


def test_unknown_name_is_refused(monkeypatch):
    def not_found(*arguments, **options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(addresses.socket, "getaddrinfo", not_found)
    assert problem_with("https://nowhere.example/", allow_private=True) == Problem.UNKNOWN


def test_name_too_long_for_dns_is_refused():
    assert problem_with(f"https://{'a' * 70}.example/") == Problem.UNKNOWN


def test_name_in_any_script_is_found(names):
    names["xn--mnchen-3ya.example"] = ["8.8.8.8"]
    assert find_receiver(url="https://münchen.example/", allow_private=False).host == "xn--mnchen-3ya.example"


def test_private_address_may_be_allowed():
    assert find_receiver(url="http://127.0.0.1:8000/", allow_private=True).addresses == ("127.0.0.1",)


def test_receiver_keeps_its_name(names):
    names["receiver.example"] = ["8.8.8.8", "8.8.4.4", "8.8.8.8"]
    receiver = find_receiver(url="https://receiver.example:8443/hook?key=1#top", allow_private=False)
    assert receiver.addresses == ("8.8.8.8", "8.8.4.4")
    assert (receiver.host, receiver.port) == ("receiver.example", 8443)
    assert (receiver.netloc, receiver.target) == ("receiver.example:8443", "/hook?key=1")
