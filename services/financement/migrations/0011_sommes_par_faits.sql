-- The sums are kept at less cost. Lines of the same facts are added up by one statement over what changed,
-- without a function and an array for each line. And a new line or a new action whose facts are known updates
-- no line: statement triggers fire on no row too.
DROP TRIGGER ligne_agreger_insertion ON ligne;
DROP TRIGGER ligne_agreger_modification ON ligne;
DROP FUNCTION agreger_lignes();
DROP FUNCTION ajouter_aux_agregats(mouvement_ligne[]);

-- What changed lines of the same facts bring, with its sign. `quartier` NULL: they are split between several,
-- which are told apart, by rows that count in the quartiers only (`quartier_seul`).
CREATE TYPE fait_agrege AS (
  contrat text, departement text, region text, exercice integer, thematique text, dispositif text,
  financeur text, quartier text, quartier_seul boolean, n bigint,
  m1 bigint, m2 bigint, m3 bigint, m4 bigint, m5 bigint,
  m6 bigint, m7 bigint, m8 bigint, m9 bigint, m10 bigint
);

-- Rows are written in order of key: concurrent transactions wait for each other, and never deadlock. In
-- plpgsql, which plans the statement once for a session.
CREATE FUNCTION inscrire_faits(faits fait_agrege[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF faits IS NULL THEN RETURN; END IF;
  INSERT INTO agregat AS g (
    perimetre, exercice, axe, cle,
    demande_droit_commun_centimes, demande_specifiques_centimes,
    propose_droit_commun_centimes, propose_specifiques_centimes,
    vote_droit_commun_centimes, vote_specifiques_centimes,
    engage_droit_commun_centimes, engage_specifiques_centimes,
    paye_droit_commun_centimes, paye_specifiques_centimes,
    nb_lignes)
  SELECT p.perimetre, f.exercice, a.axe, a.cle,
         sum(f.m1), sum(f.m2), sum(f.m3), sum(f.m4), sum(f.m5),
         sum(f.m6), sum(f.m7), sum(f.m8), sum(f.m9), sum(f.m10), sum(f.n)
  FROM unnest(faits) f, LATERAL (
         VALUES ('total', ''), ('contrat', coalesce(f.contrat, '')),
                ('thematique', coalesce(f.thematique, '')),
                ('dispositif', coalesce(f.dispositif, '')), ('financeur', f.financeur),
                ('qpv', f.quartier)) a (axe, cle),
       LATERAL (
         VALUES ('nation'), (f.region), (f.departement), (f.contrat)) p (perimetre)
  WHERE a.cle IS NOT NULL AND p.perimetre IS NOT NULL AND (a.axe = 'qpv' OR NOT f.quartier_seul)
  GROUP BY 1, 2, 3, 4
  -- A change that moves no euro writes nothing.
  HAVING sum(f.n) <> 0 OR sum(f.m1) <> 0 OR sum(f.m2) <> 0 OR sum(f.m3) <> 0 OR sum(f.m4) <> 0 OR
         sum(f.m5) <> 0 OR sum(f.m6) <> 0 OR sum(f.m7) <> 0 OR sum(f.m8) <> 0 OR
         sum(f.m9) <> 0 OR sum(f.m10) <> 0
  ORDER BY 1, 2, 3, 4
  ON CONFLICT ON CONSTRAINT agregat_pkey DO UPDATE SET
    demande_droit_commun_centimes =
      g.demande_droit_commun_centimes + EXCLUDED.demande_droit_commun_centimes,
    demande_specifiques_centimes =
      g.demande_specifiques_centimes + EXCLUDED.demande_specifiques_centimes,
    propose_droit_commun_centimes =
      g.propose_droit_commun_centimes + EXCLUDED.propose_droit_commun_centimes,
    propose_specifiques_centimes =
      g.propose_specifiques_centimes + EXCLUDED.propose_specifiques_centimes,
    vote_droit_commun_centimes =
      g.vote_droit_commun_centimes + EXCLUDED.vote_droit_commun_centimes,
    vote_specifiques_centimes =
      g.vote_specifiques_centimes + EXCLUDED.vote_specifiques_centimes,
    engage_droit_commun_centimes =
      g.engage_droit_commun_centimes + EXCLUDED.engage_droit_commun_centimes,
    engage_specifiques_centimes =
      g.engage_specifiques_centimes + EXCLUDED.engage_specifiques_centimes,
    paye_droit_commun_centimes =
      g.paye_droit_commun_centimes + EXCLUDED.paye_droit_commun_centimes,
    paye_specifiques_centimes =
      g.paye_specifiques_centimes + EXCLUDED.paye_specifiques_centimes,
    nb_lignes = g.nb_lignes + EXCLUDED.nb_lignes;
END $$;

CREATE FUNCTION agreger_lignes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM inscrire_faits(array_agg(f)) FROM (
      WITH lignes AS (SELECT 1 AS n, a.* FROM apres a)
      SELECT ROW(contrat, departement, region, exercice, thematique, dispositif, financeur,
                 quartier_unique(quartiers), false, sum(n),
                 sum(n * demande_droit_commun_centimes), sum(n * demande_specifiques_centimes),
                 sum(n * propose_droit_commun_centimes), sum(n * propose_specifiques_centimes),
                 sum(n * vote_droit_commun_centimes), sum(n * vote_specifiques_centimes),
                 sum(n * engage_droit_commun_centimes), sum(n * engage_specifiques_centimes),
                 sum(n * paye_droit_commun_centimes), sum(n * paye_specifiques_centimes))::fait_agrege AS f
      FROM lignes
      GROUP BY contrat, departement, region, exercice, thematique, dispositif, financeur,
               quartier_unique(quartiers)
      UNION ALL
      SELECT ROW(l.contrat, l.departement, l.region, l.exercice, l.thematique,
                 l.dispositif, l.financeur, q.cle, true, l.n,
                 l.n * q.parts[1], l.n * q.parts[2],
                 l.n * q.parts[3], l.n * q.parts[4],
                 l.n * q.parts[5], l.n * q.parts[6],
                 l.n * q.parts[7], l.n * q.parts[8],
                 l.n * q.parts[9], l.n * q.parts[10])::fait_agrege
      FROM lignes l, ventiler_quartiers(l.quartiers, ARRAY[
             l.demande_droit_commun_centimes, l.demande_specifiques_centimes,
             l.propose_droit_commun_centimes, l.propose_specifiques_centimes,
             l.vote_droit_commun_centimes, l.vote_specifiques_centimes,
             l.engage_droit_commun_centimes, l.engage_specifiques_centimes,
             l.paye_droit_commun_centimes, l.paye_specifiques_centimes]) q
      WHERE quartier_unique(l.quartiers) IS NULL) AS t;
  ELSE
    PERFORM inscrire_faits(array_agg(f)) FROM (
      WITH lignes AS (SELECT 1 AS n, a.* FROM apres a UNION ALL SELECT -1, a.* FROM avant a)
      SELECT ROW(contrat, departement, region, exercice, thematique, dispositif, financeur,
                 quartier_unique(quartiers), false, sum(n),
                 sum(n * demande_droit_commun_centimes), sum(n * demande_specifiques_centimes),
                 sum(n * propose_droit_commun_centimes), sum(n * propose_specifiques_centimes),
                 sum(n * vote_droit_commun_centimes), sum(n * vote_specifiques_centimes),
                 sum(n * engage_droit_commun_centimes), sum(n * engage_specifiques_centimes),
                 sum(n * paye_droit_commun_centimes), sum(n * paye_specifiques_centimes))::fait_agrege AS f
      FROM lignes
      GROUP BY contrat, departement, region, exercice, thematique, dispositif, financeur,
               quartier_unique(quartiers)
      UNION ALL
      SELECT ROW(l.contrat, l.departement, l.region, l.exercice, l.thematique,
                 l.dispositif, l.financeur, q.cle, true, l.n,
                 l.n * q.parts[1], l.n * q.parts[2],
                 l.n * q.parts[3], l.n * q.parts[4],
                 l.n * q.parts[5], l.n * q.parts[6],
                 l.n * q.parts[7], l.n * q.parts[8],
                 l.n * q.parts[9], l.n * q.parts[10])::fait_agrege
      FROM lignes l, ventiler_quartiers(l.quartiers, ARRAY[
             l.demande_droit_commun_centimes, l.demande_specifiques_centimes,
             l.propose_droit_commun_centimes, l.propose_specifiques_centimes,
             l.vote_droit_commun_centimes, l.vote_specifiques_centimes,
             l.engage_droit_commun_centimes, l.engage_specifiques_centimes,
             l.paye_droit_commun_centimes, l.paye_specifiques_centimes]) q
      WHERE quartier_unique(l.quartiers) IS NULL) AS t;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_agreger_insertion AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION agreger_lignes();
CREATE TRIGGER ligne_agreger_modification AFTER UPDATE ON ligne
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION agreger_lignes();

-- As in 0004, but for actions without a line.
CREATE OR REPLACE FUNCTION suivre_actions(actions text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF actions IS NULL THEN RETURN; END IF;
  PERFORM 1 FROM ligne WHERE action = ANY(actions) ORDER BY name FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE ligne l
    SET exercice = a.exercice, contrat = a.contrat, departement = a.departement,
        region = a.region, thematique = a.thematique, dispositif = a.dispositif,
        quartiers = a.quartiers
    FROM miroir_action a
    WHERE l.action = ANY(actions) AND a.name = l.action AND a.name = ANY(actions) AND
          (l.exercice, l.contrat, l.departement, l.region, l.thematique, l.dispositif,
           l.quartiers) IS DISTINCT FROM
          (a.exercice, a.contrat, a.departement, a.region, a.thematique, a.dispositif,
           a.quartiers);
END $$;

-- As in 0004, but for lines that have the facts of their actions already.
CREATE OR REPLACE FUNCTION reprendre_action() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actions text[];
BEGIN
  SELECT array_agg(DISTINCT action) INTO actions FROM apres;
  IF actions IS NULL THEN RETURN NULL; END IF;
  PERFORM 1 FROM miroir_action WHERE name = ANY(actions) ORDER BY name FOR SHARE;
  PERFORM suivre_actions((
    SELECT array_agg(DISTINCT l.action) FROM apres l JOIN miroir_action a ON a.name = l.action
    WHERE a.name = ANY(actions) AND
          (l.exercice, l.contrat, l.departement, l.region, l.thematique, l.dispositif,
           l.quartiers) IS DISTINCT FROM
          (a.exercice, a.contrat, a.departement, a.region, a.thematique, a.dispositif,
           a.quartiers)));
  RETURN NULL;
END $$;
