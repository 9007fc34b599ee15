-- What an instructeur asked of the porteur, and the answers.
CREATE TABLE complement (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  action text NOT NULL,
  objet text NOT NULL,
  champ text,
  demandeur text NOT NULL,
  reponse text,
  repondant text,
  CONSTRAINT complement_pkey PRIMARY KEY (name),
  CONSTRAINT complement_action_fkey FOREIGN KEY (action) REFERENCES action (name),
  CONSTRAINT complement_de_l_action CHECK (starts_with(name, action || '/complements/')),
  CONSTRAINT complement_reponse CHECK ((reponse IS NULL) = (repondant IS NULL))
);
CREATE INDEX complement_action ON complement (action);
CREATE TRIGGER complement_ajout_seul BEFORE DELETE OR TRUNCATE ON complement
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE DELETE, TRUNCATE ON complement FROM PUBLIC, CURRENT_USER;
-- An answer is given once.
CREATE FUNCTION tenir_reponse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'une réponse donnée ne change plus'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'complement_repondu';
END $$;
CREATE TRIGGER complement_repondu BEFORE UPDATE ON complement
  FOR EACH ROW WHEN (OLD.reponse IS NOT NULL) EXECUTE FUNCTION tenir_reponse();
