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
