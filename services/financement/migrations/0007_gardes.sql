-- What is refused whoever writes.

-- An envelope is for a programme and a perimeter: what it has paid was checked against them. 0002 holds
-- the rest of what it is.
CREATE FUNCTION figer_enveloppe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'une enveloppe ne change ni de programme, ni de BOP, ni de périmètre'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'enveloppe_figee';
END $$;
CREATE TRIGGER enveloppe_figer BEFORE UPDATE ON enveloppe FOR EACH ROW
  WHEN ((NEW.programme, NEW.bop, NEW.perimetre) IS DISTINCT FROM
        (OLD.programme, OLD.bop, OLD.perimetre))
  EXECUTE FUNCTION figer_enveloppe();

-- Entries name lines and envelopes for ever: neither goes away.
CREATE FUNCTION refuser_suppression() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rien ne se supprime de la table % : ses écritures restent', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_sans_suppression';
END $$;
CREATE TRIGGER ligne_sans_suppression BEFORE DELETE OR TRUNCATE ON ligne
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_suppression();
CREATE TRIGGER enveloppe_sans_suppression BEFORE DELETE OR TRUNCATE ON enveloppe
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_suppression();

-- A programmation is closed once no proposed line waits for its vote, nor is being proposed: those who
-- write lines at that moment are waited for, and their lines are seen.
CREATE OR REPLACE FUNCTION verifier_lignes_decidees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.etat <> 'ARRETEE' THEN RETURN NEW; END IF;
  LOCK TABLE ligne IN SHARE MODE;
  IF EXISTS (
       SELECT 1 FROM ligne WHERE contrat = NEW.contrat AND exercice = NEW.exercice
       AND etat = 'PROPOSEE') THEN
    RAISE EXCEPTION 'des lignes proposées attendent leur vote'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programmation_lignes_decidees';
  END IF;
  RETURN NEW;
END $$;
