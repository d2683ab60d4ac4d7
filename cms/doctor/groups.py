"""Every group of checks, in the order of the report. Another one is a module beside this, and a line here."""

from cms.doctor import chosen, clock, database, disk, files, mail, permissions, pictures, saved, versions, work
from cms.doctor.examining import Group

GROUPS = [
    Group("settings", "Settings", chosen.look),
    Group("versions", "Versions", versions.look),
    Group("database", "Database", database.look),
    Group("files", "Releases, uploads and static files", files.look),
    Group("pictures", "Pictures of pages", pictures.look),
    Group("permissions", "Who may read the files", permissions.look),
    Group("backups", "Backups", saved.look),
    Group("disk", "Disk", disk.look),
    Group("work", "Publishing and the worker", work.look),
    Group("clock", "Clock", clock.look),
    Group("mail", "E-mail", mail.look),
]
