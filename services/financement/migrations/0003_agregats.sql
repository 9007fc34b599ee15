-- Sums that dashboards read, kept in the transaction that changes a line: their cost does not grow
-- with the lines. A perimeter is 'nation', a region, a département or a contrat; an axis breaks it
-- down ('total' does not).
CREATE TABLE agregat (
  perimetre text NOT NULL,
  exercice  integer NOT NULL,
  axe       text NOT NULL,
  cle       text NOT NULL,
  demande_droit_commun_centimes bigint NOT NULL,
  demande_specifiques_centimes bigint NOT NULL,
  propose_droit_commun_centimes bigint NOT NULL,
  propose_specifiques_centimes bigint NOT NULL,
  vote_droit_commun_centimes bigint NOT NULL,
  vote_specifiques_centimes bigint NOT NULL,
  engage_droit_commun_centimes bigint NOT NULL,
  engage_specifiques_centimes bigint NOT NULL,
  paye_droit_commun_centimes bigint NOT NULL,
  paye_specifiques_centimes bigint NOT NULL,
  nb_lignes bigint NOT NULL,
  CONSTRAINT agregat_pkey PRIMARY KEY (perimetre, exercice, axe, cle)
-- A few rows that every vote changes: room for their next versions beside them.
) WITH (fillfactor = 50);

-- Splits an amount along weights by the largest remainder: the parts sum to the amount to the cent,
-- ties go to the earlier weight. No weight at all: everything goes to the first part. The same rule
-- as common/types/centimes.h.
CREATE FUNCTION repartir(montant bigint, poids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  total bigint := 0;
  reste bigint := montant;
  parts bigint[] := '{}';
  restes bigint[] := '{}';
  plus_fort int;
  p bigint;
BEGIN
  FOREACH p IN ARRAY poids LOOP total := total + p; END LOOP;
  FOREACH p IN ARRAY poids LOOP
    parts := parts || CASE WHEN total = 0 THEN 0 ELSE montant * p / total END;
    restes := restes || CASE WHEN total = 0 THEN 0 ELSE montant * p % total END;
    reste := reste - parts[cardinality(parts)];
  END LOOP;
  IF total = 0 THEN
    parts[1] := montant;
    reste := 0;
  END IF;
  WHILE reste > 0 LOOP
    plus_fort := 1;
    FOR i IN 2 .. cardinality(restes) LOOP
      IF restes[i] > restes[plus_fort] THEN plus_fort := i; END IF;
    END LOOP;
    parts[plus_fort] := parts[plus_fort] + 1;
    restes[plus_fort] := -1;
    reste := reste - 1;
  END LOOP;
  RETURN parts;
END $$;

-- What a line brings to each quartier that its action serves. What the shares leave out, or all of it
-- when there is no quartier, is 'hors-qpv'.
CREATE FUNCTION ventiler_quartiers(quartiers jsonb, montants bigint[])
RETURNS TABLE (cle text, parts bigint[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  cles text[];
  poids bigint[];
  dehors bigint;
  reparti bigint[];
  tableau bigint[];
BEGIN
  SELECT array_agg(q ->> 'qpv' ORDER BY i), array_agg(coalesce((q ->> 'part_points')::bigint, 0)
         ORDER BY i), 10000 - coalesce(sum((q ->> 'part_points')::bigint), 0)
    INTO cles, poids, dehors
    FROM jsonb_array_elements(coalesce(quartiers, '[]')) WITH ORDINALITY AS u (q, i);
  IF dehors > 0 THEN
    cles := cles || 'hors-qpv'::text;
    poids := poids || dehors;
  END IF;
  IF cardinality(cles) = 1 THEN
    RETURN QUERY SELECT cles[1], montants;
    RETURN;
  END IF;
  FOR k IN 1 .. cardinality(montants) LOOP
    tableau := tableau || repartir(montants[k], poids);
  END LOOP;
  FOR i IN 1 .. cardinality(cles) LOOP
    reparti := '{}';
    FOR k IN 1 .. cardinality(montants) LOOP
      reparti := reparti || tableau[(k - 1) * cardinality(cles) + i];
    END LOOP;
    RETURN QUERY SELECT cles[i], reparti;
  END LOOP;
END $$;

-- The rows of the breakdowns that a line counts in, with its amounts there.
CREATE FUNCTION axes_ligne(contrat text, thematique text, dispositif text, financeur text,
                           quartiers jsonb, m bigint[])
RETURNS TABLE (axe text, cle text, montants bigint[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 'total', '', m
  UNION ALL SELECT 'contrat', coalesce(contrat, ''), m
  UNION ALL SELECT 'thematique', coalesce(thematique, ''), m
  UNION ALL SELECT 'dispositif', coalesce(dispositif, ''), m
  UNION ALL SELECT 'financeur', financeur, m
  UNION ALL SELECT 'qpv', q.cle, q.parts FROM ventiler_quartiers(quartiers, m) q
$$;

-- The perimeters that a line belongs to.
CREATE FUNCTION perimetres_ligne(contrat text, departement text, region text)
RETURNS TABLE (perimetre text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 'nation'
  UNION ALL SELECT region WHERE region IS NOT NULL
  UNION ALL SELECT departement WHERE departement IS NOT NULL
  UNION ALL SELECT contrat WHERE contrat IS NOT NULL
$$;

-- A line that appears (+1) or leaves (-1).
CREATE TYPE mouvement_ligne AS (
  contrat text, departement text, region text, exercice integer, thematique text,
  dispositif text, financeur text, quartiers jsonb, montants bigint[], n integer
);
CREATE FUNCTION mouvement(l ligne, n integer) RETURNS mouvement_ligne
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ROW(l.contrat, l.departement, l.region, l.exercice, l.thematique, l.dispositif,
             l.financeur, l.quartiers,
             ARRAY[
               l.demande_droit_commun_centimes, l.demande_specifiques_centimes,
               l.propose_droit_commun_centimes, l.propose_specifiques_centimes,
               l.vote_droit_commun_centimes, l.vote_specifiques_centimes,
               l.engage_droit_commun_centimes, l.engage_specifiques_centimes,
               l.paye_droit_commun_centimes, l.paye_specifiques_centimes
             ], n)::mouvement_ligne
$$;

-- The one quartier of a line that is whole in it, 'hors-qpv' for one that is in none, NULL when its
-- amounts must be split.
CREATE FUNCTION quartier_unique(quartiers jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN quartiers IS NULL OR quartiers = '[]' THEN 'hors-qpv'
    WHEN jsonb_array_length(quartiers) = 1 AND (quartiers -> 0 ->> 'part_points')::bigint = 10000
      THEN quartiers -> 0 ->> 'qpv'
  END
$$;

-- Lines of the same facts are added up first, once for all the breakdowns: only those that are split
-- between quartiers are taken one by one, for cents are rounded line by line. Rows are written in order of
-- key: concurrent transactions wait for each other, and never deadlock. In plpgsql, which plans the
-- statement once for a session; in sql it would be planned anew at each change, and cost more than it.
CREATE FUNCTION ajouter_aux_agregats(mouvements mouvement_ligne[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF mouvements IS NULL THEN RETURN; END IF;
  WITH lignes AS MATERIALIZED (
    SELECT m.*, quartier_unique(m.quartiers) AS quartier FROM unnest(mouvements) m),
  faits AS MATERIALIZED (
    SELECT contrat, departement, region, exercice, thematique, dispositif, financeur, quartier,
           sum(n) AS n,
           sum(n * montants[1]) AS m1, sum(n * montants[2]) AS m2,
           sum(n * montants[3]) AS m3, sum(n * montants[4]) AS m4,
           sum(n * montants[5]) AS m5, sum(n * montants[6]) AS m6,
           sum(n * montants[7]) AS m7, sum(n * montants[8]) AS m8,
           sum(n * montants[9]) AS m9, sum(n * montants[10]) AS m10
    FROM lignes
    GROUP BY contrat, departement, region, exercice, thematique, dispositif, financeur, quartier),
  ventile AS (
    SELECT f.contrat, f.departement, f.region, f.exercice, a.axe, a.cle, f.n,
           f.m1, f.m2, f.m3, f.m4, f.m5, f.m6, f.m7, f.m8, f.m9, f.m10
    FROM faits f, LATERAL (
      VALUES ('total', ''), ('contrat', coalesce(f.contrat, '')),
             ('thematique', coalesce(f.thematique, '')),
             ('dispositif', coalesce(f.dispositif, '')), ('financeur', f.financeur),
             ('qpv', f.quartier)) a (axe, cle)
    WHERE a.cle IS NOT NULL
    UNION ALL
    SELECT l.contrat, l.departement, l.region, l.exercice, 'qpv', q.cle, l.n,
           l.n * q.parts[1], l.n * q.parts[2], l.n * q.parts[3], l.n * q.parts[4],
           l.n * q.parts[5], l.n * q.parts[6], l.n * q.parts[7], l.n * q.parts[8],
           l.n * q.parts[9], l.n * q.parts[10]
    FROM lignes l, ventiler_quartiers(l.quartiers, l.montants) q
    WHERE l.quartier IS NULL)
  INSERT INTO agregat AS g (
    perimetre, exercice, axe, cle,
    demande_droit_commun_centimes, demande_specifiques_centimes,
    propose_droit_commun_centimes, propose_specifiques_centimes,
    vote_droit_commun_centimes, vote_specifiques_centimes,
    engage_droit_commun_centimes, engage_specifiques_centimes,
    paye_droit_commun_centimes, paye_specifiques_centimes,
    nb_lignes)
  SELECT p.perimetre, v.exercice, v.axe, v.cle,
         sum(v.m1), sum(v.m2), sum(v.m3), sum(v.m4), sum(v.m5),
         sum(v.m6), sum(v.m7), sum(v.m8), sum(v.m9), sum(v.m10),
         sum(v.n)
  FROM ventile v, perimetres_ligne(v.contrat, v.departement, v.region) p
  GROUP BY 1, 2, 3, 4
  -- A change that moves no euro writes nothing.
  HAVING sum(v.n) <> 0 OR sum(v.m1) <> 0 OR sum(v.m2) <> 0 OR sum(v.m3) <> 0 OR sum(v.m4) <> 0 OR sum(v.m5) <> 0 OR
           sum(v.m6) <> 0 OR sum(v.m7) <> 0 OR sum(v.m8) <> 0 OR sum(v.m9) <> 0 OR sum(v.m10) <> 0
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
    PERFORM ajouter_aux_agregats(array_agg(mouvement(ROW(a.*)::ligne, 1))) FROM apres a;
  ELSE
    PERFORM ajouter_aux_agregats(array_agg(m))
    FROM (SELECT mouvement(ROW(a.*)::ligne, 1) AS m FROM apres a
          UNION ALL
          SELECT mouvement(ROW(a.*)::ligne, -1) FROM avant a) AS mouvements;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_agreger_insertion AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION agreger_lignes();
CREATE TRIGGER ligne_agreger_modification AFTER UPDATE ON ligne
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION agreger_lignes();

-- Every sum that is kept, made again from the lines. OFFSET 0 keeps the array of a line from being
-- built once per use of it.
CREATE VIEW recompte AS
  WITH ventile AS MATERIALIZED (
    SELECT l.contrat, l.departement, l.region, l.exercice, a.axe, a.cle, count(*) AS n,
           sum(a.montants[1]) AS m1, sum(a.montants[2]) AS m2,
           sum(a.montants[3]) AS m3, sum(a.montants[4]) AS m4,
           sum(a.montants[5]) AS m5, sum(a.montants[6]) AS m6,
           sum(a.montants[7]) AS m7, sum(a.montants[8]) AS m8,
           sum(a.montants[9]) AS m9, sum(a.montants[10]) AS m10
    FROM (SELECT (m).* FROM (SELECT mouvement(l, 1) AS m FROM ligne l OFFSET 0) AS mouvements
          OFFSET 0) l,
         axes_ligne(l.contrat, l.thematique, l.dispositif, l.financeur, l.quartiers,
                    l.montants) a
    GROUP BY l.contrat, l.departement, l.region, l.exercice, a.axe, a.cle)
  SELECT p.perimetre, v.exercice, v.axe, v.cle, sum(v.n)::bigint AS nb_lignes,
         ARRAY[
           sum(v.m1), sum(v.m2), sum(v.m3), sum(v.m4), sum(v.m5),
           sum(v.m6), sum(v.m7), sum(v.m8), sum(v.m9), sum(v.m10)
         ]::bigint[] AS montants
  FROM ventile v, perimetres_ligne(v.contrat, v.departement, v.region) p
  GROUP BY p.perimetre, v.exercice, v.axe, v.cle;

-- What is kept and differs from what the lines tell, a sentence each. Empty on a sound store.
CREATE VIEW ecart AS
  SELECT format('Agrégat %s %s %s %s : %s lignes et %s centimes gardés, %s et %s recomptés.',
                perimetre, exercice, axe, cle, coalesce(g.nb_lignes, 0), g.montants,
                coalesce(r.nb_lignes, 0), r.montants) AS phrase
  FROM recompte r
  FULL JOIN (SELECT perimetre, exercice, axe, cle, nb_lignes, ARRAY[
               demande_droit_commun_centimes, demande_specifiques_centimes,
               propose_droit_commun_centimes, propose_specifiques_centimes,
               vote_droit_commun_centimes, vote_specifiques_centimes,
               engage_droit_commun_centimes, engage_specifiques_centimes,
               paye_droit_commun_centimes, paye_specifiques_centimes] AS montants
             FROM agregat) g USING (perimetre, exercice, axe, cle)
  WHERE coalesce(r.nb_lignes, 0) <> coalesce(g.nb_lignes, 0) OR
        coalesce(r.montants, array_fill(0::bigint, ARRAY[10])) <>
        coalesce(g.montants, array_fill(0::bigint, ARRAY[10]))
  UNION ALL SELECT phrase FROM ecart_ecritures;
