"""People and a world for tests of the workplace."""

from dataclasses import dataclass
from pathlib import Path

from mutakhir.demo import Demo, steps
from mutakhir.recap import editions, issued
from mutakhir.recap.documents import documents
from mutakhir.recap.issued import Issued, Why
from mutakhir.recap.meeting import Meeting
from mutakhir.store import Store
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.roles import Role

KAB, OTHER_KAB, PROVINCE = "3673", "3604", "36"
CLOSED, RUNNING = "2026-Q3", "2026-Q4"
PASSWORD = "empat kata acak rahasia"


def build_world(home: Path) -> Demo:
    """A demonstration of two kab/kota, all its steps done."""
    demo = Demo(home, kabs=(KAB, OTHER_KAB), voters=6_000)
    for step in steps(demo):
        step.run(lambda _share: None)
    return demo


def published(store: Store) -> Issued:
    """The newest edition of the closed period of the kab/kota; its first, if there was none."""
    found = issued.editions(store, CLOSED, KAB)
    if found:
        return found[-1]
    told = editions.recap(store, editions.version_of(store, period=CLOSED), [KAB])
    why = Why(by="anggota", at="2026-10-02T09:00:00+07:00")
    made = documents(told, KAB, Meeting())
    return issued.issue(store, told, KAB, made=made, minutes="1/BA/2026", why=why)


@dataclass(frozen=True)
class People:
    """One account per role."""

    operator: User
    checker: User
    commissioner: User
    stranger: User
    coordinator: User
    bawaslu: User
    security: User
    administrator: User

    @classmethod
    def made(cls) -> "People":
        """All of them, in the database."""
        return cls(
            operator=_user("operator", Role.OPERATOR, KAB),
            checker=_user("pemeriksa", Role.CHECKER, KAB),
            commissioner=_user("anggota", Role.COMMISSIONER, KAB),
            stranger=_user("tetangga", Role.OPERATOR, OTHER_KAB),
            coordinator=_user("provinsi", Role.COORDINATOR, PROVINCE),
            bawaslu=_user("bawaslu", Role.BAWASLU, PROVINCE),
            security=_user("keamanan", Role.SECURITY, PROVINCE),
            administrator=_user("admin", Role.ADMINISTRATOR, PROVINCE),
        )


def _user(name: str, role: Role, area: str) -> User:
    return User.objects.create_user(username=name, password=PASSWORD, role=role, area=area)
