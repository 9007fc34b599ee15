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
CREATE TABLE miroir_contrat (
  name text PRIMARY KEY, revision bigint NOT NULL, etat text, departements text[]
);

-- A line follows the facts of its action: when the mirror learns a change, the sums move with it.
-- Lines are locked in order of name, as the verbs lock them.
CREATE FUNCTION suivre_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ligne WHERE action IN (SELECT name FROM apres) ORDER BY name FOR UPDATE;
  UPDATE ligne l
    SET exercice = a.exercice, contrat = a.contrat, departement = a.departement,
        region = a.region, thematique = a.thematique, dispositif = a.dispositif,
        quartiers = a.quartiers
    FROM apres a
    WHERE l.action = a.name AND
          (l.exercice, l.contrat, l.departement, l.region, l.thematique, l.dispositif,
           l.quartiers) IS DISTINCT FROM
          (a.exercice, a.contrat, a.departement, a.region, a.thematique, a.dispositif,
           a.quartiers);
  RETURN NULL;
END $$;
CREATE TRIGGER miroir_action_suivre_insertion AFTER INSERT ON miroir_action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_action();
CREATE TRIGGER miroir_action_suivre_modification AFTER UPDATE ON miroir_action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_action();

-- A new line took the facts of its action from what its transaction read. The mirror may have learnt a
-- change since, whose trigger did not see the line: wait for it, and take the facts again.
CREATE FUNCTION reprendre_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM miroir_action WHERE name IN (SELECT action FROM apres) ORDER BY name FOR SHARE;
  UPDATE ligne l
    SET exercice = a.exercice, contrat = a.contrat, departement = a.departement,
        region = a.region, thematique = a.thematique, dispositif = a.dispositif,
        quartiers = a.quartiers
    FROM apres n JOIN miroir_action a ON a.name = n.action
    WHERE l.name = n.name AND
          (l.exercice, l.contrat, l.departement, l.region, l.thematique, l.dispositif,
           l.quartiers) IS DISTINCT FROM
          (a.exercice, a.contrat, a.departement, a.region, a.thematique, a.dispositif,
           a.quartiers);
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_reprendre_action AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION reprendre_action();
