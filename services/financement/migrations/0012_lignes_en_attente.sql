-- A line is voted where it lies: no index tells of what a decision changes, and pages have the room of its next
-- version, so that it costs no entry in the indexes of the line (HOT). Lines that nobody has decided yet, for the
-- list of what waits, are kept beside them.
DROP INDEX ligne_indecise;
ALTER TABLE ligne SET (fillfactor = 50);

CREATE TABLE ligne_en_attente (
  financeur text NOT NULL,
  name      text NOT NULL,
  CONSTRAINT ligne_en_attente_pkey PRIMARY KEY (financeur, name)
);

-- The states in which a funder has still to decide (domain/etats.cc, Indecise; a test compares them).
CREATE FUNCTION en_attente(etat text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT etat IN ('DEMANDEE', 'PRISE_EN_CHARGE', 'RECEVABLE', 'PROPOSEE', 'SANS_REPONSE')
$$;

-- Transition tables have no statistics: by key whatever the planner would guess.
CREATE FUNCTION tenir_attente() RETURNS trigger LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM ligne_en_attente e USING apres a
      WHERE e.financeur = a.financeur AND e.name = a.name AND NOT en_attente(a.etat);
  END IF;
  INSERT INTO ligne_en_attente (financeur, name)
    SELECT financeur, name FROM apres WHERE en_attente(etat)
    ON CONFLICT ON CONSTRAINT ligne_en_attente_pkey DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_tenir_attente_insertion AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION tenir_attente();
CREATE TRIGGER ligne_tenir_attente_modification AFTER UPDATE ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION tenir_attente();

INSERT INTO ligne_en_attente (financeur, name)
  SELECT financeur, name FROM ligne WHERE en_attente(etat);

-- Empty on a sound store, as what it adds to.
ALTER VIEW ecart RENAME TO ecart_sommes;
CREATE VIEW ecart AS
  SELECT phrase FROM ecart_sommes
  UNION ALL
  SELECT format(CASE WHEN e.name IS NULL THEN 'La ligne %s attend une décision, et n''est pas dans la liste.'
                     ELSE 'La ligne %s est dans la liste de celles qui attendent une décision, et n''attend pas.' END,
                name)
    FROM (SELECT financeur, name FROM ligne WHERE en_attente(etat)) l
    FULL JOIN ligne_en_attente e USING (financeur, name)
    WHERE l.name IS NULL OR e.name IS NULL;
