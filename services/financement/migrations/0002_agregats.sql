-- Sums that dashboards read, kept in the transaction that changes a line: their cost does not grow with
-- the lines. A perimeter is 'nation', a region, a département or a contrat.
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
);

-- Splits an amount along shares in basis points that sum to 10 000, by the largest remainder: the
-- parts sum to the amount to the cent; ties go to the earlier share.
CREATE FUNCTION repartir(montant bigint, parts int[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_agg(base + CASE WHEN rang <= reste THEN 1 ELSE 0 END ORDER BY i)
  FROM (SELECT i, montant * part / 10000 AS base,
               row_number() OVER (ORDER BY montant * part % 10000 DESC, i) AS rang,
               montant - sum(montant * part / 10000) OVER () AS reste
        FROM unnest(parts) WITH ORDINALITY AS u (part, i)) AS bases
$$;

-- The rows of the breakdowns that a line counts in, with its amounts there.
CREATE FUNCTION axes_ligne(contrat text, thematique text, dispositif text, financeur text,
                           quartiers jsonb, m bigint[])
RETURNS TABLE (axe text, cle text, montants bigint[]) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 'total', '', m
  UNION ALL SELECT 'contrat', coalesce(contrat, ''), m
  UNION ALL SELECT 'thematique', coalesce(thematique, ''), m
  UNION ALL SELECT 'dispositif', coalesce(dispositif, ''), m
  UNION ALL SELECT 'financeur', financeur, m
  UNION ALL SELECT 'qpv', 'hors-qpv', m
    WHERE coalesce(jsonb_array_length(quartiers), 0) = 0
  UNION ALL
  SELECT 'qpv', q.value ->> 'qpv',
         ARRAY(SELECT (repartir(m[k], parts.poids))[q.i] FROM generate_series(1, 10) AS k
               ORDER BY k)
  FROM (SELECT array_agg((e.value ->> 'part_points')::int ORDER BY e.i) AS poids
        FROM jsonb_array_elements(coalesce(quartiers, '[]')) WITH ORDINALITY AS e (value, i)) parts,
       jsonb_array_elements(coalesce(quartiers, '[]')) WITH ORDINALITY AS q (value, i)
$$;

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

-- Rows are written in order of key: concurrent transactions wait for each other, and never deadlock.
CREATE FUNCTION ajouter_aux_agregats(mouvements mouvement_ligne[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO agregat AS g (perimetre, exercice, axe, cle, demande_droit_commun_centimes, demande_specifiques_centimes, propose_droit_commun_centimes, propose_specifiques_centimes, vote_droit_commun_centimes, vote_specifiques_centimes, engage_droit_commun_centimes, engage_specifiques_centimes, paye_droit_commun_centimes, paye_specifiques_centimes, nb_lignes)
    SELECT p.perimetre, m.exercice, a.axe, a.cle,
           sum(m.n * a.montants[1]),
           sum(m.n * a.montants[2]),
           sum(m.n * a.montants[3]),
           sum(m.n * a.montants[4]),
           sum(m.n * a.montants[5]),
           sum(m.n * a.montants[6]),
           sum(m.n * a.montants[7]),
           sum(m.n * a.montants[8]),
           sum(m.n * a.montants[9]),
           sum(m.n * a.montants[10]),
           sum(m.n)
    FROM unnest(mouvements) m,
         perimetres_ligne(m.contrat, m.departement, m.region) p,
         axes_ligne(m.contrat, m.thematique, m.dispositif, m.financeur, m.quartiers,
                    m.montants) a
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT ON CONSTRAINT agregat_pkey DO UPDATE SET
      demande_droit_commun_centimes = g.demande_droit_commun_centimes + EXCLUDED.demande_droit_commun_centimes,
      demande_specifiques_centimes = g.demande_specifiques_centimes + EXCLUDED.demande_specifiques_centimes,
      propose_droit_commun_centimes = g.propose_droit_commun_centimes + EXCLUDED.propose_droit_commun_centimes,
      propose_specifiques_centimes = g.propose_specifiques_centimes + EXCLUDED.propose_specifiques_centimes,
      vote_droit_commun_centimes = g.vote_droit_commun_centimes + EXCLUDED.vote_droit_commun_centimes,
      vote_specifiques_centimes = g.vote_specifiques_centimes + EXCLUDED.vote_specifiques_centimes,
      engage_droit_commun_centimes = g.engage_droit_commun_centimes + EXCLUDED.engage_droit_commun_centimes,
      engage_specifiques_centimes = g.engage_specifiques_centimes + EXCLUDED.engage_specifiques_centimes,
      paye_droit_commun_centimes = g.paye_droit_commun_centimes + EXCLUDED.paye_droit_commun_centimes,
      paye_specifiques_centimes = g.paye_specifiques_centimes + EXCLUDED.paye_specifiques_centimes,
      nb_lignes = g.nb_lignes + EXCLUDED.nb_lignes;
$$;

CREATE FUNCTION agreger_lignes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM ajouter_aux_agregats(array_agg(
        ROW(contrat, departement, region, exercice, thematique, dispositif, financeur, quartiers,
               ARRAY[demande_droit_commun_centimes, demande_specifiques_centimes, propose_droit_commun_centimes, propose_specifiques_centimes, vote_droit_commun_centimes, vote_specifiques_centimes, engage_droit_commun_centimes, engage_specifiques_centimes, paye_droit_commun_centimes, paye_specifiques_centimes], 1)::mouvement_ligne))
    FROM apres;
  ELSE
    PERFORM ajouter_aux_agregats(array_agg(m))
    FROM (SELECT ROW(contrat, departement, region, exercice, thematique, dispositif, financeur, quartiers,
               ARRAY[demande_droit_commun_centimes, demande_specifiques_centimes, propose_droit_commun_centimes, propose_specifiques_centimes, vote_droit_commun_centimes, vote_specifiques_centimes, engage_droit_commun_centimes, engage_specifiques_centimes, paye_droit_commun_centimes, paye_specifiques_centimes], 1)::mouvement_ligne AS m
          FROM apres
          UNION ALL
          SELECT ROW(contrat, departement, region, exercice, thematique, dispositif, financeur, quartiers,
               ARRAY[demande_droit_commun_centimes, demande_specifiques_centimes, propose_droit_commun_centimes, propose_specifiques_centimes, vote_droit_commun_centimes, vote_specifiques_centimes, engage_droit_commun_centimes, engage_specifiques_centimes, paye_droit_commun_centimes, paye_specifiques_centimes], -1)::mouvement_ligne
          FROM avant) AS mouvements;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_agreger_insertion AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION agreger_lignes();
CREATE TRIGGER ligne_agreger_modification AFTER UPDATE ON ligne
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION agreger_lignes();

-- A line follows the facts of its action: when the mirror learns a change, the sums move with it.
CREATE FUNCTION suivre_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ligne l SET exercice = a.exercice, contrat = a.contrat, departement = a.departement,
         region = a.region, thematique = a.thematique, dispositif = a.dispositif,
         quartiers = a.quartiers
  FROM apres a
  WHERE l.action = a.name AND a.delete_time IS NULL AND
        (l.exercice, l.contrat, l.departement, l.region, l.thematique, l.dispositif, l.quartiers)
        IS DISTINCT FROM
        (a.exercice, a.contrat, a.departement, a.region, a.thematique, a.dispositif, a.quartiers);
  RETURN NULL;
END $$;
CREATE TRIGGER miroir_action_suivre AFTER UPDATE ON miroir_action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_action();
