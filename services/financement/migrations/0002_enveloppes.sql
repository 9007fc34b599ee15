-- What lines take from their envelopes, kept in the transaction that changes a line: voted for an AE
-- envelope, paid for a CP one. The constraint enveloppe_suffisante then says no, whoever writes.
CREATE TYPE prise AS (enveloppe text, vote bigint, paye bigint);

CREATE FUNCTION imputer(prises prise[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- In order of name: two transactions wait for each other, and never deadlock.
  PERFORM 1 FROM enveloppe WHERE name IN (SELECT p.enveloppe FROM unnest(prises) p)
    ORDER BY name FOR UPDATE;
  UPDATE enveloppe e
    SET consomme_centimes =
          consomme_centimes + CASE e.nature WHEN 'AE' THEN s.vote ELSE s.paye END
    FROM (SELECT p.enveloppe, sum(p.vote)::bigint AS vote, sum(p.paye)::bigint AS paye
          FROM unnest(prises) p GROUP BY p.enveloppe) s
    WHERE e.name = s.enveloppe AND CASE e.nature WHEN 'AE' THEN s.vote ELSE s.paye END <> 0;
END $$;

CREATE FUNCTION imputer_lignes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  prises prise[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(ROW(enveloppe, vote_droit_commun_centimes + vote_specifiques_centimes,
                         paye_droit_commun_centimes + paye_specifiques_centimes)::prise)
      INTO prises FROM apres WHERE enveloppe IS NOT NULL;
  ELSE
    SELECT array_agg(p) INTO prises FROM (
      SELECT ROW(enveloppe, vote_droit_commun_centimes + vote_specifiques_centimes,
                 paye_droit_commun_centimes + paye_specifiques_centimes)::prise AS p
        FROM apres WHERE enveloppe IS NOT NULL
      UNION ALL
      SELECT ROW(enveloppe, -(vote_droit_commun_centimes + vote_specifiques_centimes),
                 -(paye_droit_commun_centimes + paye_specifiques_centimes))::prise
        FROM avant WHERE enveloppe IS NOT NULL) AS toutes;
  END IF;
  IF prises IS NOT NULL THEN
    PERFORM imputer(prises);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ligne_imputer_insertion AFTER INSERT ON ligne
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION imputer_lignes();
CREATE TRIGGER ligne_imputer_modification AFTER UPDATE ON ligne
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION imputer_lignes();

-- Nobody but the lines writes the consumption, and what an envelope is never changes: what it has
-- granted would no longer be told by its lines.
CREATE FUNCTION garder_enveloppe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.consomme_centimes := 0;
    RETURN NEW;
  END IF;
  IF pg_trigger_depth() = 1 THEN
    NEW.consomme_centimes := OLD.consomme_centimes;
  END IF;
  IF (NEW.financeur, NEW.exercice, NEW.nature) IS DISTINCT FROM
     (OLD.financeur, OLD.exercice, OLD.nature) THEN
    RAISE EXCEPTION 'une enveloppe ne change ni de financeur, ni d''exercice, ni de nature'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enveloppe_figee';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER enveloppe_garder BEFORE INSERT OR UPDATE ON enveloppe
  FOR EACH ROW EXECUTE FUNCTION garder_enveloppe();
