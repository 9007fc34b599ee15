-- (No CHECK (nb_actions >= 0): it would be checked on the row proposed to ON CONFLICT, a decrease.)
-- Counts that dashboards read, kept in the transaction that changes an action. A perimeter is
-- 'nation', a region, a département or a contrat; an axis breaks it down ('total' does not).
CREATE TABLE compte (
  perimetre  text NOT NULL,
  exercice   integer NOT NULL,
  axe        text NOT NULL,
  cle        text NOT NULL,
  nb_actions bigint NOT NULL,
  CONSTRAINT compte_pkey PRIMARY KEY (perimetre, exercice, axe, cle)
-- A few rows that every dossier changes: room for their next versions beside them.
) WITH (fillfactor = 50);
-- Actions of each porteur: the distinct porteurs of a range are its distinct rows.
CREATE TABLE compte_porteur (
  perimetre  text NOT NULL,
  exercice   integer NOT NULL,
  porteur    text NOT NULL,
  nb_actions bigint NOT NULL,
  CONSTRAINT compte_porteur_pkey PRIMARY KEY (perimetre, exercice, porteur)
);

-- The perimeters that an action belongs to.
CREATE FUNCTION perimetres_action(contrat text, departement text, region text)
RETURNS TABLE (perimetre text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 'nation'
  UNION ALL SELECT region WHERE region IS NOT NULL
  UNION ALL SELECT departement WHERE departement IS NOT NULL
  UNION ALL SELECT contrat WHERE contrat IS NOT NULL
$$;

-- The rows of the breakdowns that an action counts in. One on several quartiers counts in each.
CREATE FUNCTION axes_action(contrat text, thematique text, dispositif text, quartiers jsonb,
                            etat text)
RETURNS TABLE (axe text, cle text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 'total', ''
  UNION ALL SELECT 'contrat', coalesce(contrat, '')
  UNION ALL SELECT 'thematique', coalesce(thematique, '')
  UNION ALL SELECT 'dispositif', coalesce(dispositif, '')
  UNION ALL SELECT 'etat', etat
  UNION ALL SELECT 'qpv', q ->> 'qpv' FROM jsonb_array_elements(coalesce(quartiers, '[]')) AS q
$$;

-- Adds a set of movements (+1 an action appears, -1 it leaves) to the counts. Transactions that count
-- take turns from their first movement to their end: each of them writes the row of the nation, so
-- they would wait for one another anyway, and in turn they cannot deadlock. In plpgsql, which plans the
-- statements once for a session.
CREATE TYPE mouvement_action AS (
  contrat text, departement text, region text, exercice integer, thematique text,
  dispositif text, quartiers jsonb, etat text, porteur text, n integer
);
CREATE FUNCTION ajouter_aux_comptes(mouvements mouvement_action[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF mouvements IS NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock('compte'::regclass::oid::bigint);
  INSERT INTO compte AS c (perimetre, exercice, axe, cle, nb_actions)
    SELECT p.perimetre, m.exercice, a.axe, a.cle, sum(m.n)
    FROM unnest(mouvements) m,
         perimetres_action(m.contrat, m.departement, m.region) p,
         axes_action(m.contrat, m.thematique, m.dispositif, m.quartiers, m.etat) a
    GROUP BY 1, 2, 3, 4 HAVING sum(m.n) <> 0 ORDER BY 1, 2, 3, 4
  ON CONFLICT ON CONSTRAINT compte_pkey
    DO UPDATE SET nb_actions = c.nb_actions + EXCLUDED.nb_actions;
  INSERT INTO compte_porteur AS c (perimetre, exercice, porteur, nb_actions)
    SELECT p.perimetre, m.exercice, m.porteur, sum(m.n)
    FROM unnest(mouvements) m, perimetres_action(m.contrat, m.departement, m.region) p
    GROUP BY 1, 2, 3 HAVING sum(m.n) <> 0 ORDER BY 1, 2, 3
  ON CONFLICT ON CONSTRAINT compte_porteur_pkey
    DO UPDATE SET nb_actions = c.nb_actions + EXCLUDED.nb_actions;
END $$;
CREATE FUNCTION compter_actions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM ajouter_aux_comptes(array_agg(
      ROW(contrat, departement, region, exercice, thematique, dispositif, quartiers, etat, porteur,
          1)::mouvement_action))
    FROM apres WHERE delete_time IS NULL;
  ELSE
    PERFORM ajouter_aux_comptes(array_agg(m))
    FROM (SELECT ROW(contrat, departement, region, exercice, thematique, dispositif, quartiers,
                     etat, porteur, 1)::mouvement_action AS m
          FROM apres WHERE delete_time IS NULL
          UNION ALL
          SELECT ROW(contrat, departement, region, exercice, thematique, dispositif, quartiers,
                     etat, porteur, -1)::mouvement_action
          FROM avant WHERE delete_time IS NULL) AS mouvements;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER action_compter_insertion AFTER INSERT ON action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION compter_actions();
CREATE TRIGGER action_compter_modification AFTER UPDATE ON action
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION compter_actions();
