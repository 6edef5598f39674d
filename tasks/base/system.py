"""What the operating system says where it refuses a file, in both languages."""

from __future__ import annotations

import errno

from tasks.base.worded import Both
from tasks.base.worded_danish import DANISH

_DANISH = {
    errno.EACCES: "adgang nægtet",
    errno.EADDRINUSE: "adressen er i brug",
    errno.EBUSY: "optaget af et andet program",
    errno.EDQUOT: "kvoten på disken er brugt",
    errno.EEXIST: "findes allerede",
    errno.EFBIG: "filen er for stor",
    errno.EIO: "fejl ved læsning eller skrivning",
    errno.EISDIR: "er en mappe",
    errno.ELOOP: "for mange led af symbolske links",
    errno.EMFILE: "for mange åbne filer",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.ENFILE: "for mange åbne filer på maskinen",
    errno.ENOENT: "findes ikke",
    errno.ENOMEM: "for lidt hukommelse",
    errno.ENOSPC: "der er ikke mere plads på disken",
    errno.ENOTDIR: "er ikke en mappe",
    errno.ENOTEMPTY: "mappen er ikke tom",
    errno.EPERM: "det er ikke tilladt",
    errno.EROFS: "disken er skrivebeskyttet",
    errno.ESTALE: "filen er væk fra filserveren",
    errno.ETIMEDOUT: "intet svar i tide",
    errno.EXDEV: "ligger på en anden disk",
}


def told_by_system(error: OSError) -> Both:
    """Give what the system, or the program in its place, says of an error.

    One without a Danish text here or in `tasks.base.worded_danish` is English in both languages.
    """
    english = str(error.strerror)
    return Both(_DANISH.get(error.errno or 0) or DANISH.get(english, english), english)
