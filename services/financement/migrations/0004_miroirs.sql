-- What this service knows of actions and contrats, fed by their feeds.
CREATE TABLE miroir_action (
  name text PRIMARY KEY,
  revision bigint NOT NULL,
  delete_time timestamptz,
  intitule text,
  porteur text,
  contrat text,
  departement text,
  region text,
  exercice integer,
  thematique text,
  dispositif text,
  quartiers jsonb,
  etat text
);
CREATE INDEX miroir_action_porteur ON miroir_action (porteur);
CREATE TABLE miroir_porteur (
  name text PRIMARY KEY, revision bigint NOT NULL, delete_time timestamptz, raison_sociale text,
  siret text, rna text
);
CREATE TABLE miroir_conflit (
  name text PRIMARY KEY, revision bigint NOT NULL, action text, personne text
);
CREATE INDEX miroir_conflit_personne ON miroir_conflit (personne);
CREATE TABLE miroir_contrat (
  name text PRIMARY KEY, revision bigint NOT NULL, etat text, departements text[]
);

-- A line follows the facts of its action: when the mirror learns a change of one of them, the sums move
-- with it; a dossier that only changes its state costs nothing. Lines are locked in order of name, as the
-- verbs lock them.
CREATE FUNCTION suivre_actions(actions text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF actions IS NULL THEN RETURN; END IF;
  PERFORM 1 FROM ligne WHERE action = ANY(actions) ORDER BY name FOR UPDATE;
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
CREATE FUNCTION suivre_action_apprise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM suivre_actions((SELECT array_agg(name) FROM apres));
  RETURN NULL;
END $$;
CREATE FUNCTION suivre_action_changee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM suivre_actions((
    SELECT array_agg(n.name) FROM apres n JOIN avant a ON a.name = n.name
    WHERE (n.exercice, n.contrat, n.departement, n.region, n.thematique, n.dispositif,
           n.quartiers) IS DISTINCT FROM
          (a.exercice, a.contrat, a.departement, a.region, a.thematique, a.dispositif,
           a.quartiers)));
  RETURN NULL;
END $$;
CREATE TRIGGER miroir_action_suivre_insertion AFTER INSERT ON miroir_action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_action_apprise();
CREATE TRIGGER miroir_action_suivre_modification AFTER UPDATE ON miroir_action
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION suivre_action_changee();

-- A new line took the facts of its action from what its transaction read. The mirror may have learnt a
-- change since, whose trigger did not see the line: wait for it, and take the facts again.
CREATE FUNCTION reprendre_action() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lignes text[];
  actions text[];
BEGIN
  SELECT array_agg(name), array_agg(DISTINCT action) INTO lignes, actions FROM apres;
  IF lignes IS NULL THEN RETURN NULL; END IF;
  PERFORM 1 FROM miroir_action WHERE name = ANY(actions) ORDER BY name FOR SHARE;
  UPDATE ligne l
    SET exercice = a.exercice, contrat = a.contrat, departement = a.departement,
        region = a.region, thematique = a.thematique, dispositif = a.dispositif,
        quartiers = a.quartiers
    FROM miroir_action a
    WHERE l.name = ANY(lignes) AND a.name = l.action AND a.name = ANY(actions) AND
          (l.exercice, l.contrat, l.departement, l.region, l.thematique, l.dispositif,
           l.quartiers) IS DISTINCT FROM
          (a.exercice, a.contrat, a.departement, a.region, a.thematique, a.dispositif,
           a.quartiers);
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_reprendre_action AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION reprendre_action();
