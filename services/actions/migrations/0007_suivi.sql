-- The lines of financement, and the dossiers to look at because of them.
CREATE TABLE miroir_ligne (
  name text PRIMARY KEY, revision bigint NOT NULL, action text, financeur text, etat text
);
CREATE INDEX miroir_ligne_action ON miroir_ligne (action);

-- A dossier is looked at when one of its lines moves, and when it comes to be judged: whichever of the
-- two transactions ends last, the look comes after both. Rows are only added, so nobody waits here; the
-- one who has looked takes them away.
CREATE TABLE dossier_a_suivre (
  tour bigint GENERATED ALWAYS AS IDENTITY,
  action text NOT NULL,
  CONSTRAINT dossier_a_suivre_pkey PRIMARY KEY (tour)
);

CREATE FUNCTION suivre_lignes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO dossier_a_suivre (action) SELECT DISTINCT action FROM apres WHERE action IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER miroir_ligne_suivre_ajout AFTER INSERT ON miroir_ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_lignes();
CREATE TRIGGER miroir_ligne_suivre_modification AFTER UPDATE ON miroir_ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_lignes();

CREATE FUNCTION suivre_instructions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO dossier_a_suivre (action) SELECT name FROM apres WHERE etat = 'EN_INSTRUCTION';
  RETURN NULL;
END $$;
CREATE TRIGGER action_suivre_creation AFTER INSERT ON action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_instructions();
CREATE TRIGGER action_suivre_modification AFTER UPDATE ON action
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_instructions();
