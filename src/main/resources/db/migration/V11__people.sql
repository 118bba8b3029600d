-- A role may be limited to an environment, as in "approver@prod"; one without "@" goes for all of them, as before.
ALTER TABLE access_user ALTER COLUMN roles SET DATA TYPE VARCHAR(2000);
-- Whether somebody else has seen the password: it opens nothing but the page on which its user replaces it.
ALTER TABLE access_user ADD COLUMN one_time_password BOOLEAN DEFAULT FALSE NOT NULL;
