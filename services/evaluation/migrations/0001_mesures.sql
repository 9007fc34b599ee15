-- Indicators, targets and measures. Values are exact decimals, kept as they were written.
CREATE FUNCTION est_decimal(valeur text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(valeur ~ '^-?[0-9]{1,15}(\.[0-9]{1,6})?$', true)
$$;

CREATE TABLE indicateur (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  definition text,
  unite text NOT NULL,
  nature text NOT NULL,
  polarite text,
  agregation text NOT NULL,
  desagregations text[] NOT NULL,
  version integer NOT NULL,
  source text,
  CONSTRAINT indicateur_pkey PRIMARY KEY (name),
  CONSTRAINT indicateur_nature
    CHECK (nature IN ('CONTEXTE', 'REALISATION', 'RESULTAT', 'IMPACT')),
  CONSTRAINT indicateur_polarite CHECK (polarite IN ('CROISSANTE', 'DECROISSANTE', 'NEUTRE')),
  CONSTRAINT indicateur_agregation
    CHECK (agregation IN ('SOMME', 'MOYENNE_PONDEREE', 'DERNIER')),
  CONSTRAINT indicateur_version CHECK (version >= 1),
  CONSTRAINT indicateur_code_key UNIQUE (code)
);

CREATE TABLE cible (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  indicateur text NOT NULL,
  objet text NOT NULL,
  valeur text NOT NULL,
  echeance date NOT NULL,
  ex_ante boolean NOT NULL,
  CONSTRAINT cible_pkey PRIMARY KEY (name),
  CONSTRAINT cible_indicateur_fkey FOREIGN KEY (indicateur) REFERENCES indicateur (name),
  CONSTRAINT cible_valeur CHECK (est_decimal(valeur)),
  -- One target per object, indicator and date; also the way to the targets of an object.
  CONSTRAINT cible_cle_naturelle UNIQUE (objet, indicateur, echeance)
);

CREATE TABLE mesure (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  indicateur text NOT NULL,
  objet text NOT NULL,
  debut date NOT NULL,
  fin date NOT NULL,
  statut text NOT NULL,
  valeur text,
  desagregation text,
  ponderation text,
  source text,
  date_source date,
  version_indicateur integer NOT NULL,
  CONSTRAINT mesure_pkey PRIMARY KEY (name),
  CONSTRAINT mesure_indicateur_fkey FOREIGN KEY (indicateur) REFERENCES indicateur (name),
  CONSTRAINT mesure_statut CHECK (statut IN ('CONNUE', 'INCONNUE', 'NON_APPLICABLE')),
  -- Unknown, not applicable and zero are three things.
  CONSTRAINT mesure_valeur CHECK ((statut = 'CONNUE') = (valeur IS NOT NULL)),
  CONSTRAINT mesure_decimal CHECK (est_decimal(valeur) AND est_decimal(ponderation)),
  CONSTRAINT mesure_periode CHECK (debut < fin),
  -- One value per object, indicator, period and part; also the way to a series, in order.
  CONSTRAINT mesure_cle_naturelle
    UNIQUE NULLS NOT DISTINCT (objet, indicateur, debut, fin, desagregation)
);

-- Nothing here is deleted: a value that was wrong is corrected, and the journal tells it.
CREATE TRIGGER indicateur_ajout_seul BEFORE DELETE OR TRUNCATE ON indicateur
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
CREATE TRIGGER cible_ajout_seul BEFORE DELETE OR TRUNCATE ON cible
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
CREATE TRIGGER mesure_ajout_seul BEFORE DELETE OR TRUNCATE ON mesure
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE DELETE, TRUNCATE ON indicateur, cible, mesure FROM PUBLIC, CURRENT_USER;

-- What this service knows of what it measures, fed by the feeds of contrats and actions.
CREATE TABLE miroir_contrat (
  name text PRIMARY KEY, revision bigint NOT NULL, delete_time timestamptz
);
CREATE TABLE miroir_qpv (name text PRIMARY KEY, revision bigint NOT NULL);
CREATE TABLE miroir_action (
  name text PRIMARY KEY, revision bigint NOT NULL, delete_time timestamptz
);
