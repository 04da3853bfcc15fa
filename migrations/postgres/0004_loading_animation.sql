-- Whether customers see LINE's loading animation while their operator types.
ALTER TABLE channels ADD COLUMN loading_animation BOOLEAN NOT NULL DEFAULT TRUE;
