"""Archives as ordinary programs make them, and as ordinary slips leave them: each is read, or refused with words that say what to do.

archives() gives (name, expectation, files, special) like make_evidence.py; special(path) writes the archive, and gives its path.
"""
import gzip
import io
import os
import struct
import tarfile
import zipfile
import zlib

HEAD = "schema: assay.bundle/1\norganization: {id: t, name: T}\nas_of: 2026-06-30\ndefaults: {collected_at: 2026-06-29, source: test}\n"
GOOD = (("bundle.yaml", HEAD), ("things.yaml", "- {id: a, name: Ann}\n- {id: b, name: Bob, owner: a}\n"))


def tar(members, form=tarfile.PAX_FORMAT, **kinds):
    """A tar of (name, text); `kinds` has the types of members that are no files, by name."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as t:
        for name, text in members:
            info = tarfile.TarInfo(name)
            data = text.encode()
            if name in kinds:
                info.type, info.linkname = kinds[name], "things.yaml"
            else:
                info.size = len(data)
            t.addfile(info, None if name in kinds else io.BytesIO(data))
    return out.getvalue()


def v7(data):
    """The headers of a tar in the form of 1979: neither mark nor anything behind it."""
    out, at = bytearray(data), 0
    while any(out[at:at + 512]):
        out[at + 257:at + 512] = bytes(255)
        out[at + 148:at + 156] = b" " * 8
        out[at + 148:at + 156] = b"%06o\0 " % sum(out[at:at + 512])
        at += 512 + (int(out[at + 124:at + 135], 8) + 511) // 512 * 512
    return bytes(out)


class Pipe(io.RawIOBase):
    """Can be written to only, so that a ZIP gets its sizes behind the data."""

    def __init__(self):
        self.data = b""

    def writable(self):
        return True

    def write(self, data):
        self.data += bytes(data)
        return len(data)


def archive_zip(members, method=zipfile.ZIP_DEFLATED, streamed=False):
    out = Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, text in members:
            z.writestr(name, text)
    return out.data if streamed else out.getvalue()


def parts(data):
    """The same bytes as two gzip files behind one another."""
    return gzip.compress(data[:3000], mtime=0) + gzip.compress(data[3000:], mtime=0)


def below(name, members):
    return [(f"{name}/{path}", text) for path, text in members]


def archives():
    def case(name, want, file, data):
        def special(path):
            target = os.path.join(path, file)
            with open(target, "wb") as f:
                f.write(data)
            return target
        return "archive_" + name, want, {}, special

    for form, number in (("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)):
        long = [("x" * 90 + "/" + "y" * 90 + ".txt", "z")]
        yield case(f"tar_{form}", "P6 kept 2 N0223", "b.tar", tar([*GOOD, *long], number))
    mac = [("b/.DS_Store", "Bud1"), ("__MACOSX/b/._bundle.yaml", "x"), ("__MACOSX/b/._things.yaml", "x"), ("__MACOSX/._b", "x")]
    yield case("tar_in_the_folder", "P6 kept 2", "b.tgz", gzip.compress(tar(below("./b", GOOD))))
    yield case("tar_filled_up", "P6 kept 2", "b.tar", tar(GOOD) + bytes(1 << 20))
    yield case("tar_without_the_last_block", "P6 kept 2", "b.tar", tar(GOOD).rstrip(b"\0") + bytes(512 + 511))
    yield case("tar_v7", "P6 refused E0240 tells --format=ustar", "b.tar", v7(tar(GOOD, tarfile.USTAR_FORMAT)))
    yield case("tar_v7_packed", "P6 refused E0", "b.tar.gz", gzip.compress(v7(tar(GOOD, tarfile.USTAR_FORMAT))))
    yield case("tar_appended_to", "P8 refused E0236 tells 'is there twice'", "b.tar", tar(GOOD + GOOD))
    yield case("tar_behind_a_tar", "P8 refused E0230 tells 'behind the end'", "b.tar", tar(GOOD) + tar([("people.yaml", "[]")]))
    yield case("tar_with_a_hard_link", "P3 refused E0233 tells hard-dereference", "b.tar", tar([*GOOD, ("things.b.yaml", "")], **{"things.b.yaml": tarfile.LNKTYPE}))
    yield case("tar_with_a_link", "P3 refused E0233 tells 'tar -h'", "b.tar", tar([*GOOD, ("things.b.yaml", "")], **{"things.b.yaml": tarfile.SYMTYPE}))
    yield case("tar_with_a_pipe", "P3 refused E0234", "b.tar", tar([*GOOD, ("things.b.yaml", "")], **{"things.b.yaml": tarfile.FIFOTYPE}))
    yield case("tar_of_absolute_paths", "P3 refused E0232", "b.tar", tar(below("/srv", GOOD)))
    yield case("gzip_of_two_parts", "P8 refused E0230 tells 'gzip -dc'", "b.tar.gz", parts(tar(GOOD)))
    yield case("gzip_filled_up", "P8 refused E0230 tells 'behind its end'", "b.tar.gz", gzip.compress(tar(GOOD)) + bytes(10240))
    yield case("gzip_of_a_document", "P8 refused E0240 tells 'no tar'", "things.yaml.gz", gzip.compress(GOOD[1][1].encode()))
    yield case("gzip_cut", "P8 refused E0231 tells 'cut off'", "b.tgz", gzip.compress(tar(GOOD))[:-20])
    yield case("zstd_with_a_wide_window", "P6 refused E0240 tells 'more memory'", "b.tar.zst", b"\x28\xb5\x2f\xfd\x00\xff\x01\x00\x00")
    yield case("zstd_of_pzstd", "P6 refused E0240 tells 'kind that is not read'", "b.tar.zst", b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd")
    yield case("zip_streamed", "P6 kept 2", "b.zip", archive_zip(GOOD, streamed=True))
    yield case("zip_streamed_and_stored", "P6 kept 2", "b.zip", archive_zip(GOOD, zipfile.ZIP_STORED, streamed=True))
    yield case("zip_of_the_finder", "P6 kept 2 not:N0223", "b.zip", archive_zip([("b/", ""), *below("b", GOOD), *mac], streamed=True))
    yield case("zip_of_a_folder_and_more", "P8 ends tells 'the manifest stands at the top of a bundle: evaluate .b.' options --at=2026-06-30", "b.zip", archive_zip([*below("b", GOOD), ("note.txt", "x")]))
    yield case("zip_with_a_manifest_in_capitals", "P8 ends tells 'call it bundle.yaml' options --at=2026-06-30", "b.zip", archive_zip([("Bundle.YAML", HEAD), GOOD[1]]))
    yield case("zip_of_the_explorer", "P6 kept 2 N0223", "b.zip", archive_zip([*GOOD, ("desktop.ini", "x"), ("Thumbs.db", "x")]))
    yield case("zip_with_backslashes", "P3 refused E0232 tells 'tar -a -cf'", "b.zip", archive_zip([("b/x.txt", "")] + below("b", GOOD)).replace(b"b/", b"b\\"))
    yield case("zip_with_a_name_of_dos", "P8 refused E0232 tells 'rename it'", "b.zip", archive_zip(GOOD).replace(b"things.yaml", b"th\x84ngs.yaml"))
    yield case("zip_with_an_icon", "P11 refused E0232 tells 'rename it'", "b.zip", archive_zip([*GOOD, ("Icon\r", "")]))
    yield case("zip_of_bzip2", "P6 refused E0240 tells 'only deflate'", "b.zip", archive_zip([*GOOD, ("x.txt", "x" * 9000)], zipfile.ZIP_BZIP2))
    yield case("zip_filled_up", "P8 refused E0231 tells 'into a file'", "b.zip", archive_zip(GOOD) + bytes(9000))
    yield case("zip_behind_a_program", "P8 refused E0240", "b.zip", b"#!/bin/sh\nexit\n" + bytes(5000) + archive_zip(GOOD))
    yield case("zip_named_tar", "P6 kept 2", "b.tar", archive_zip(GOOD))
    yield case("zip_named_nothing", "P6 kept 2", "bundle", archive_zip(GOOD))
    yield case("zip_of_names_that_differ_in_case", "P8 kept 4 E0305", "b.zip", archive_zip([*GOOD, ("THINGS.yaml", GOOD[1][1])]))
    yield case("zip_with_a_dot_path_twice", "P8 refused E0236", "b.zip", archive_zip([*GOOD, ("./things.yaml", "[]")]))
    broken = bytearray(archive_zip(GOOD))
    broken[broken.index(b"PK\1\2") + 16] ^= 1  # the sum in the directory
    yield case("zip_with_another_sum", "P8 refused E0241", "b.zip", bytes(broken))
    end = archive_zip(GOOD)
    at = end.index(b"PK\5\6")
    yield case("zip_of_several_disks", "P8 refused E0241 tells 'one part of several'", "b.zip", end[:at + 4] + struct.pack("<HH", 1, 1) + end[at + 8:])
    for name in ("e.zip", "e.tar", "e.tar.gz", "e.tar.zst"):
        yield case("empty_" + name.split(".", 1)[1], "P8 refused E0242", name, b"")
    yield case("sign_in_page", "P8 refused E0240", "b.zip", b"<!DOCTYPE html><html>Sign in, please</html>")
    yield case("raw_deflate", "P8 refused E0240", "b.tar.gz", zlib.compress(tar(GOOD)))
