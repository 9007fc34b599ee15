"""Tier L of the domain handbook (§10), generated: 448 contrats, 40 000 actions a year over 6 years,
240 000 actions and 1.4 million funder lines, loaded through the gateway as any importer would."""

import sys
import time

import harness
import pdv
import suite as suites

CONTRATS, PORTEURS, YEARS = 448, 10_400, range(2018, 2024)
ACTIONS_A_YEAR = 40_000
BATCH = 1000


class Large:
    """A second suite that holds tier L, for as long as the `with` lasts."""

    def __init__(self, scene):
        self.scene, self.lines = scene, 0

    def __enter__(self):
        self.suite = suites.Suite().start()
        try:
            self._fill()
        except BaseException:
            self.suite.stop()
            raise
        self.scene.large = self
        self.scene.cpu_all = harness.Cpu(self.scene.cpu.pids | {
            p.pid for p in self.suite.processes.values()})
        return self

    def _fill(self):
        self.suite.pdvctl("exemple", check=0)
        self.gateway = self.suite.gateway()
        self.thematiques = self._known("contrats", "thematique",
                                       "nomenclature = 'nomenclatures/piliers-2015-2023'")
        self.funders = self._known("financement", "financeur", "true")
        self._load("contrats", "Departements", self._departements())
        self._load("contrats", "Contrats", self._contrats())
        self._load("actions", "Porteurs", self._porteurs())
        self._load("actions", "Actions", self._actions())
        self._load("financement", "Lignes", self._lignes())
        self.lines = int(self.suite.psql("financement", "SELECT count(*) FROM ligne"))
        for service in suites.STORES:
            self.suite.psql(service, "VACUUM ANALYZE")

    def __exit__(self, *_):
        self.gateway.close()
        self.suite.stop()

    def target(self, service):
        return f"127.0.0.1:{self.suite.ports[service]}"

    def _known(self, service, table, where):
        return self.suite.psql(service, f"SELECT name FROM {table} WHERE {where} ORDER BY name "
                                        "LIMIT 12").split("\n")

    def _load(self, service, noun, messages):
        """Imports the messages of one kind, a thousand at a time, in one stream."""
        start, read = time.time(), 0
        package = f"pdv.{service}.v1"
        field = {f.name for f in pdv.POOL.FindMessageTypeByName(
            f"{package}.Importer{noun}Request").fields} - {"validate_only"}
        field = field.pop()

        def requests():
            nonlocal read
            request = pdv.message(f"{package}.Importer{noun}Request")
            for message in messages:
                getattr(request, field).append(message)
                read += 1
                if read % BATCH == 0:
                    yield request
                    request = pdv.message(f"{package}.Importer{noun}Request")
                if read % 50_000 == 0:
                    print(f"\r    {noun} : {read:,}", end="", file=sys.stderr, flush=True)
            yield request
        report = getattr(getattr(self.gateway, service), f"Importer{noun}")(requests(),
                                                                            timeout=3600)
        if report.rejetes:
            raise RuntimeError(f"{noun} : {report.rejetes} rejets, {report.constats[0]}")
        harness.say(f"\r    {noun} : {read:,} en {time.time() - start:.0f} s")

    @staticmethod
    def _departements():
        for d in range(100):
            yield pdv.message("pdv.contrats.v1.Departement", name=f"departements/9{d:02d}",
                              code=f"9{d:02d}", libelle=f"Département {d}", region="regions/76")

    def _contrats(self):
        for i in range(CONTRATS):
            departement = f"departements/9{i % 100:02d}"
            yield pdv.message(
                "pdv.contrats.v1.Contrat", name=f"contrats/cv{500 + i}", code=f"CV{500 + i}",
                libelle=f"Contrat {i}", generation="2015-2023",
                nomenclature="nomenclatures/piliers-2015-2023",
                departements=[departement],
                date_debut={"year": 2015, "month": 1, "day": 1},
                date_fin={"year": 2023, "month": 12, "day": 31})

    @staticmethod
    def _porteurs():
        for i in range(PORTEURS):
            yield pdv.message("pdv.actions.v1.Porteur", name=f"porteurs/l{i}",
                              raison_sociale=f"Association {i}",
                              identification="IDENTIFICATION_PORTEUR_RNA", rna=f"W9{i:08d}",
                              forme="FORME_PORTEUR_ASSOCIATION")

    def _actions(self):
        action = pdv.message("pdv.actions.v1.Action", intitule="Action de volume",
                             region="regions/76", type="TYPE_ACTION_ACTION",
                             etat_importe="ETAT_ACTION_PROGRAMMEE")
        for year in YEARS:
            for i in range(ACTIONS_A_YEAR):
                contrat = i % CONTRATS
                action.name = f"actions/l{year}-{i}"
                action.porteur = f"porteurs/l{i % PORTEURS}"
                action.contrat = f"contrats/cv{500 + contrat}"
                action.departement = f"departements/9{contrat % 100:02d}"
                action.exercice = year
                action.thematique = self.thematiques[i % len(self.thematiques)]
                yield action

    def _lignes(self):
        ligne = pdv.message("pdv.financement.v1.Ligne", source="volume")
        for year in YEARS:
            for i in range(ACTIONS_A_YEAR):
                ligne.action = f"actions/l{year}-{i}"
                for rank, funder in enumerate(self.funders[:6]):
                    amount = (i % 97 + 1) * 10_000 // (rank + 1)
                    ligne.name = f"lignes/l{year}-{i}-{rank}"
                    ligne.financeur = funder
                    for stage in ("demande", "propose", "vote", "engage", "paye"):
                        setattr(ligne, f"{stage}_specifiques_centimes", amount)
                    yield ligne
