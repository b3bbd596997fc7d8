"""Knows the schemes of addresses that stand by themselves; any other word before a colon is a private prefix."""

from __future__ import annotations

# Of IANA's register of URI schemes those that texts and their files point with, and what libraries use without registering.
SCHEMES = frozenset(
    "about acct ark bitcoin blob chrome cid content data dav dict dns doi ed2k example facetime feed file ftp ftps geo git "
    "gopher h323 handle hdl http https iiif im imap info ipfs ipp irc iris isbn issn jar javascript jabber ldap ldaps lsid "
    "magnet mailto maps mid mms mvn news nfs nntp oai oid openid pkcs11 pop pres purl rsync rtmp rtsp sftp shttp sip sips "
    "sms snmp soap ssh stun svn tag tel telnet tei tftp turn urn vnc view-source wais webcal ws wss xmldb xmlns xmpp".split()
)
