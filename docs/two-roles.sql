-- What the site's own role may do on PostgreSQL: all that it needs, and never change the log.
-- Run by the owner of the tables after every migrate:
--   psql --single-transaction --file docs/two-roles.sql postgres://small_hours_owner:…@127.0.0.1/small_hours
GRANT USAGE ON SCHEMA public TO small_hours;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO small_hours;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO small_hours;
REVOKE ALL ON moderation_decision, moderation_loghead, django_migrations FROM small_hours;
-- The log only grows. Its head moves on with it, as far as the trigger lets it.
GRANT SELECT, INSERT ON moderation_decision TO small_hours;
GRANT SELECT, UPDATE ON moderation_loghead TO small_hours;
GRANT SELECT ON django_migrations TO small_hours;
