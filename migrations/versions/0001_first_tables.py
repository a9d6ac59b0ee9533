"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""

    op.create_table('accumulator',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('source', sa.String(length=100), nullable=False),
    sa.Column('a', sa.Double(), nullable=False),
    sa.Column('b', sa.Double(), nullable=False),
    sa.Column('g', sa.Double(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('latest', sa.Double(), nullable=False),
    sa.Column('peak', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'skill_id', 'kind', 'source', name=op.f('pk_accumulator'))
    )
    op.create_table('audit_entry',
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('object_id', sa.String(length=80), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_at', ['at'], unique=False)
        batch_op.create_index('ix_audit_entry_person_at', ['person_id', 'at'], unique=False)

    op.create_table('cell',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('mean', sa.Double(), nullable=False),
    sa.Column('sd', sa.Double(), nullable=False),
    sa.Column('p_below', sa.Double(), nullable=True),
    sa.Column('gap', sa.Double(), nullable=True),
    sa.Column('reliability', sa.Double(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=False),
    sa.Column('others', sa.Integer(), nullable=False),
    sa.Column('raters', sa.Integer(), nullable=False),
    sa.Column('target', sa.Double(), nullable=True),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settings_number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'skill_id', name=op.f('pk_cell'))
    )
    with op.batch_alter_table('cell', schema=None) as batch_op:
        batch_op.create_index('ix_cell_skill', ['skill_id', 'person_id'], unique=False)

    op.create_table('content_file',
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('path', name=op.f('pk_content_file'))
    )
    op.create_table('event',
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verb', sa.String(length=60), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('object_kind', sa.String(length=40), nullable=True),
    sa.Column('object_id', sa.String(length=80), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_person_at', ['person_id', 'at'], unique=False)
        batch_op.create_index('ix_event_verb_at', ['verb', 'at'], unique=False)

    op.create_table('evidence',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('source', sa.String(length=100), nullable=False),
    sa.Column('setting', sa.String(length=12), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('t', sa.Double(), nullable=False),
    sa.Column('y', sa.Double(), nullable=False),
    sa.Column('v', sa.Double(), nullable=False),
    sa.Column('raw', sa.JSON(), nullable=False),
    sa.Column('conversion', sa.Integer(), nullable=False),
    sa.Column('origin_kind', sa.String(length=12), nullable=False),
    sa.Column('origin_id', sa.Uuid(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.Column('reinstates_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('v > 0', name=op.f('ck_evidence_variance')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index('ix_evidence_cell', ['person_id', 'skill_id', 'seen_at'], unique=False)
        batch_op.create_index('ix_evidence_origin', ['origin_kind', 'origin_id'], unique=False)

    op.create_table('folder_file',
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('path', name=op.f('pk_folder_file'))
    )
    op.create_table('framework_revision',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_framework_revision')),
    sa.UniqueConstraint('number', name=op.f('uq_framework_revision_number'))
    )
    op.create_table('job_role',
    sa.Column('id', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('plural', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('start_plan_weeks', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_role'))
    )
    op.create_table('lesson_finish',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('t', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'skill_id', 'run_id', name=op.f('pk_lesson_finish'))
    )
    op.create_table('module',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_module'))
    )
    op.create_table('person',
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('short_name', sa.JSON(), nullable=False),
    sa.Column('sort_name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('employee_no', sa.String(length=60), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('hired_on', sa.Date(), nullable=True),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('theme', sa.String(length=6), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('deactivated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name='uq_person_email'),
    sa.UniqueConstraint('employee_no', name='uq_person_employee_no')
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_sort_name', ['sort_name', 'id'], unique=False)

    op.create_table('prior',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('mu0', sa.Double(), nullable=False),
    sa.Column('s0', sa.Double(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('number', 'job_role_id', 'skill_id', name=op.f('pk_prior'))
    )
    op.create_table('prior_without',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('mu0', sa.Double(), nullable=False),
    sa.Column('s0', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('number', 'job_role_id', 'skill_id', 'person_id', name=op.f('pk_prior_without'))
    )
    op.create_table('rate_counter',
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('hits', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_rate_counter'))
    )
    with op.batch_alter_table('rate_counter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rate_counter_expires_at'), ['expires_at'], unique=False)

    op.create_table('retention_permit',
    sa.Column('table_name', sa.String(length=60), nullable=False),
    sa.Column('before', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('table_name', name=op.f('pk_retention_permit'))
    )
    op.create_table('retraction',
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.PrimaryKeyConstraint('evidence_id', name=op.f('pk_retraction'))
    )
    op.create_table('settings_version',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_settings_version'))
    )
    op.create_table('skill',
    sa.Column('id', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('goal', sa.String(length=12), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skill'))
    )
    op.create_table('team',
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('code', name=op.f('uq_team_code'))
    )
    op.create_table('account',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('password_changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_account'))
    )
    op.create_table('calendar_feed',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_calendar_feed_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feed_token_hash'))
    )
    op.create_table('capability_grant',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('capability', sa.String(length=12), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('granted_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['granted_by'], ['person.id'], name=op.f('fk_capability_grant_granted_by')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_capability_grant_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'capability', name=op.f('pk_capability_grant'))
    )
    op.create_table('certificate',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('earned_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.JSON(), nullable=False),
    sa.Column('skills', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['job_role_id'], ['job_role.id'], name=op.f('fk_certificate_job_role_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_certificate_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('person_id', 'job_role_id', 'number', name='uq_certificate_number'),
    sa.UniqueConstraint('token', name='uq_certificate_token')
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_job_role_id'), ['job_role_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_valid_until'), ['valid_until'], unique=False)

    op.create_table('certificate_rule',
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('valid_months', sa.Integer(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['job_role_id'], ['job_role.id'], name=op.f('fk_certificate_rule_job_role_id')),
    sa.PrimaryKeyConstraint('job_role_id', name=op.f('pk_certificate_rule'))
    )
    op.create_table('coach_pairing',
    sa.Column('coach_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('person_id <> coach_id', name=op.f('ck_coach_pairing_not_own_coach')),
    sa.ForeignKeyConstraint(['coach_id'], ['person.id'], name=op.f('fk_coach_pairing_coach_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_coach_pairing_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coach_pairing'))
    )
    with op.batch_alter_table('coach_pairing', schema=None) as batch_op:
        batch_op.create_index('ix_coach_pairing_person', ['person_id', 'until'], unique=False)
        batch_op.create_index('uq_coach_pairing_current', ['coach_id', 'person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('criterion',
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('id', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('met', sa.JSON(), nullable=False),
    sa.Column('not_met', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_criterion_skill_id')),
    sa.PrimaryKeyConstraint('skill_id', 'id', name=op.f('pk_criterion'))
    )
    op.create_table('day_of_need',
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=True),
    sa.Column('module_id', sa.String(length=80), nullable=True),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('tree_of', sa.Uuid(), nullable=True),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(skill_id IS NULL) <> (module_id IS NULL)', name=op.f('ck_day_of_need_one_subject')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_day_of_need_made_by')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_day_of_need_module_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_day_of_need_skill_id')),
    sa.ForeignKeyConstraint(['tree_of'], ['person.id'], name=op.f('fk_day_of_need_tree_of')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_of_need'))
    )
    with op.batch_alter_table('day_of_need', schema=None) as batch_op:
        batch_op.create_index('ix_day_of_need_on_day', ['on_day'], unique=False)

    op.create_table('draft',
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('discarded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undoes_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_draft_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_author_id'), ['author_id'], unique=False)

    op.create_table('drill_settings',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('days_off', sa.JSON(), nullable=False),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('median_seconds', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_drill_settings_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_drill_settings'))
    )
    op.create_table('evidence_contest',
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.Column('upheld', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by'], ['person.id'], name=op.f('fk_evidence_contest_answered_by')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_evidence_contest_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_contest'))
    )
    with op.batch_alter_table('evidence_contest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_contest_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_contest_person_id'), ['person_id'], unique=False)

    op.create_table('finding',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by', sa.Uuid(), nullable=True),
    sa.Column('p_below', sa.Double(), nullable=False),
    sa.Column('mean', sa.Double(), nullable=False),
    sa.Column('sd', sa.Double(), nullable=False),
    sa.Column('gap', sa.Double(), nullable=False),
    sa.Column('target', sa.Double(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=False),
    sa.Column('shares', sa.JSON(), nullable=False),
    sa.Column('settings_number', sa.Integer(), nullable=False),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['job_role_id'], ['job_role.id'], name=op.f('fk_finding_job_role_id')),
    sa.ForeignKeyConstraint(['opened_by'], ['person.id'], name=op.f('fk_finding_opened_by')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_finding_person_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_finding_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index('ix_finding_person', ['person_id', 'resolved_at'], unique=False)
        batch_op.create_index('ix_finding_skill', ['skill_id', 'resolved_at'], unique=False)
        batch_op.create_index('uq_finding_open', ['person_id', 'skill_id'], unique=True, sqlite_where=sa.text('resolved_at IS NULL'), postgresql_where=sa.text('resolved_at IS NULL'))

    op.create_table('item',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('use', sa.String(length=8), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_item_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index('ix_item_skill_use', ['skill_id', 'use', 'retired_at'], unique=False)

    op.create_table('job_role_holding',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['job_role_id'], ['job_role.id'], name=op.f('fk_job_role_holding_job_role_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_job_role_holding_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_role_holding'))
    )
    with op.batch_alter_table('job_role_holding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_role_holding_job_role_id'), ['job_role_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_role_holding_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_job_role_holding_current', ['person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('lesson',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('module_id', sa.String(length=80), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('from_level', sa.Integer(), nullable=False),
    sa.Column('to_level', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('quiz_id', sa.String(length=80), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_lesson_module_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_lesson_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson'))
    )
    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.create_index('ix_lesson_module', ['module_id', 'position'], unique=False)
        batch_op.create_index('ix_lesson_skill', ['skill_id', 'retired_at'], unique=False)

    op.create_table('media',
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('content_type', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_by', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['uploaded_by'], ['person.id'], name=op.f('fk_media_uploaded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_media'))
    )
    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.create_index('ix_media_at', ['at'], unique=False)
        batch_op.create_index('ix_media_uploaded_by', ['uploaded_by'], unique=False)

    op.create_table('module_forms',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('module_id', sa.String(length=80), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_module_forms_module_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_module_forms_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'module_id', name=op.f('pk_module_forms'))
    )
    op.create_table('one_time_link',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_one_time_link_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_one_time_link_token_hash'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_person_id'), ['person_id'], unique=False)

    op.create_table('outbox_message',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outbox_message_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_message_due', ['due_at'], unique=False, sqlite_where=sa.text('sent_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL AND failed_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_outbox_message_person_id'), ['person_id'], unique=False)

    op.create_table('programme',
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=True),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_programme_changed_by')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_programme_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme'))
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_skill_id'), ['skill_id'], unique=False)

    op.create_table('rater_severity',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('rater_id', sa.Uuid(), nullable=False),
    sa.Column('severity', sa.Double(), nullable=False),
    sa.Column('sd', sa.Double(), nullable=True),
    sa.Column('low', sa.Double(), nullable=True),
    sa.Column('high', sa.Double(), nullable=True),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('shared', sa.Integer(), nullable=False),
    sa.Column('is_calibrated', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rater_id'], ['person.id'], name=op.f('fk_rater_severity_rater_id')),
    sa.PrimaryKeyConstraint('number', 'rater_id', name=op.f('pk_rater_severity'))
    )
    op.create_table('remark',
    sa.Column('work_kind', sa.String(length=12), nullable=False),
    sa.Column('work_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('second', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('second >= 0', name=op.f('ck_remark_second')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_remark_author_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_remark_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index('ix_remark_author', ['author_id'], unique=False)
        batch_op.create_index('ix_remark_person', ['person_id'], unique=False)
        batch_op.create_index('ix_remark_work', ['work_kind', 'work_id'], unique=False)

    op.create_table('reporting_line',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('manager_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('person_id <> manager_id', name=op.f('ck_reporting_line_not_own_manager')),
    sa.ForeignKeyConstraint(['manager_id'], ['person.id'], name=op.f('fk_reporting_line_manager_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reporting_line_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reporting_line'))
    )
    with op.batch_alter_table('reporting_line', schema=None) as batch_op:
        batch_op.create_index('ix_reporting_line_manager', ['manager_id', 'until'], unique=False)
        batch_op.create_index(batch_op.f('ix_reporting_line_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_reporting_line_current', ['person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('reporting_path',
    sa.Column('manager_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('depth', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['manager_id'], ['person.id'], name=op.f('fk_reporting_path_manager_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reporting_path_person_id')),
    sa.PrimaryKeyConstraint('manager_id', 'person_id', name=op.f('pk_reporting_path'))
    )
    with op.batch_alter_table('reporting_path', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reporting_path_person_id'), ['person_id'], unique=False)

    op.create_table('rubric_revision',
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_rubric_revision_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rubric_revision')),
    sa.UniqueConstraint('skill_id', 'number', name='uq_rubric_revision_number')
    )
    op.create_table('scenario',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_scenario_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scenario'))
    )
    with op.batch_alter_table('scenario', schema=None) as batch_op:
        batch_op.create_index('ix_scenario_skill', ['skill_id', 'level', 'retired_at'], unique=False)

    op.create_table('sign_in_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('device', sa.String(length=120), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_session_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_session_token_hash'))
    )
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_session_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_session_person_id'), ['person_id'], unique=False)

    op.create_table('skill_level',
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('anchor', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_skill_level_skill_id')),
    sa.PrimaryKeyConstraint('skill_id', 'level', name=op.f('pk_skill_level'))
    )
    op.create_table('spent_key',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('spent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('location', sa.String(length=2000), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_spent_key_person_id')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_spent_key'))
    )
    with op.batch_alter_table('spent_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_spent_key_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_spent_key_spent_at'), ['spent_at'], unique=False)

    op.create_table('target',
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('threshold', sa.Double(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 4', name=op.f('ck_target_level')),
    sa.ForeignKeyConstraint(['job_role_id'], ['job_role.id'], name=op.f('fk_target_job_role_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_target_skill_id')),
    sa.PrimaryKeyConstraint('job_role_id', 'skill_id', name=op.f('pk_target'))
    )
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_target_skill_id'), ['skill_id'], unique=False)

    op.create_table('team_membership',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_team_membership_person_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_team_membership_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_membership'))
    )
    with op.batch_alter_table('team_membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_membership_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_team_membership_team', ['team_id', 'until'], unique=False)
        batch_op.create_index('uq_team_membership_current', ['person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('team_skill',
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('sum_mean', sa.Double(), nullable=False),
    sa.Column('sum_variance', sa.Double(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_team_skill_team_id')),
    sa.PrimaryKeyConstraint('team_id', 'skill_id', name=op.f('pk_team_skill'))
    )
    op.create_table('coaching_session',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('coach_id', sa.Uuid(), nullable=False),
    sa.Column('setting', sa.String(length=12), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('lesson_id', sa.String(length=80), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['coach_id'], ['person.id'], name=op.f('fk_coaching_session_coach_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_coaching_session_lesson_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_coaching_session_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_session'))
    )
    with op.batch_alter_table('coaching_session', schema=None) as batch_op:
        batch_op.create_index('ix_coaching_session_coach', ['coach_id', 'held_on', 'id'], unique=False)
        batch_op.create_index('ix_coaching_session_person', ['person_id', 'held_on', 'id'], unique=False)

    op.create_table('content_media',
    sa.Column('media_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_content_media_draft_id')),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name=op.f('fk_content_media_media_id')),
    sa.PrimaryKeyConstraint('media_id', name=op.f('pk_content_media'))
    )
    with op.batch_alter_table('content_media', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_media_draft_id'), ['draft_id'], unique=False)

    op.create_table('draft_approval',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('stamp', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_approval_draft_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_draft_approval_person_id')),
    sa.PrimaryKeyConstraint('draft_id', 'person_id', name=op.f('pk_draft_approval'))
    )
    op.create_table('draft_comment',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_comment_draft_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_draft_comment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_comment'))
    )
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_comment_draft_id'), ['draft_id'], unique=False)

    op.create_table('draft_file',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('base', sa.String(length=64), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_draft_file_changed_by')),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_file_draft_id')),
    sa.PrimaryKeyConstraint('draft_id', 'path', name=op.f('pk_draft_file'))
    )
    op.create_table('draft_reviewer',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('invited_by', sa.Uuid(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_reviewer_draft_id')),
    sa.ForeignKeyConstraint(['invited_by'], ['person.id'], name=op.f('fk_draft_reviewer_invited_by')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_draft_reviewer_person_id')),
    sa.PrimaryKeyConstraint('draft_id', 'person_id', name=op.f('pk_draft_reviewer'))
    )
    with op.batch_alter_table('draft_reviewer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_reviewer_person_id'), ['person_id'], unique=False)

    op.create_table('drill_card',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.String(length=80), nullable=False),
    sa.Column('lesson_id', sa.String(length=80), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('step', sa.Integer(), nullable=True),
    sa.Column('stability', sa.Double(), nullable=True),
    sa.Column('difficulty', sa.Double(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_drill_card_item_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_drill_card_lesson_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_drill_card_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drill_card')),
    sa.UniqueConstraint('person_id', 'item_id', name='uq_drill_card_person_item')
    )
    with op.batch_alter_table('drill_card', schema=None) as batch_op:
        batch_op.create_index('ix_drill_card_person_due', ['person_id', 'due_at'], unique=False)

    op.create_table('finding_contest',
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_contest_finding_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_finding_contest_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_contest'))
    )
    with op.batch_alter_table('finding_contest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_contest_finding_id'), ['finding_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_contest_person_id'), ['person_id'], unique=False)

    op.create_table('item_revision',
    sa.Column('item_id', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('slope', sa.Double(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_revision_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_revision')),
    sa.UniqueConstraint('item_id', 'number', name='uq_item_revision_number')
    )
    op.create_table('lesson_revision',
    sa.Column('lesson_id', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lesson_revision_lesson_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_revision')),
    sa.UniqueConstraint('lesson_id', 'number', name='uq_lesson_revision_number')
    )
    op.create_table('media_chunk',
    sa.Column('media_id', sa.Uuid(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('bytes', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name=op.f('fk_media_chunk_media_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('media_id', 'n', name=op.f('pk_media_chunk'))
    )
    op.create_table('outside_record',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('media_id', sa.Uuid(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('issuer', sa.String(length=120), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=400), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_outside_record_decided_by')),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name=op.f('fk_outside_record_media_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outside_record_person_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_outside_record_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_record'))
    )
    with op.batch_alter_table('outside_record', schema=None) as batch_op:
        batch_op.create_index('ix_outside_record_media_id', ['media_id'], unique=False)
        batch_op.create_index('ix_outside_record_person_id', ['person_id', 'programme_id', 'confirmed_at'], unique=False)
        batch_op.create_index('uq_outside_record_open', ['person_id', 'programme_id'], unique=True, sqlite_where=sa.text('confirmed_at IS NULL AND declined_at IS NULL'), postgresql_where=sa.text('confirmed_at IS NULL AND declined_at IS NULL'))

    op.create_table('path_step',
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('lesson_id', sa.String(length=80), nullable=False),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['job_role_id'], ['job_role.id'], name=op.f('fk_path_step_job_role_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_path_step_lesson_id')),
    sa.PrimaryKeyConstraint('job_role_id', 'lesson_id', name=op.f('pk_path_step'))
    )
    with op.batch_alter_table('path_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_path_step_lesson_id'), ['lesson_id'], unique=False)

    op.create_table('programme_place',
    sa.Column('job_role_id', sa.String(length=60), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['job_role_id'], ['job_role.id'], name=op.f('fk_programme_place_job_role_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_place_programme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('job_role_id', 'programme_id', name=op.f('pk_programme_place'))
    )
    with op.batch_alter_table('programme_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_place_programme_id'), ['programme_id'], unique=False)

    op.create_table('publication',
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('draft_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_publication_by_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_publication_draft_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_publication_draft_id'), ['draft_id'], unique=False)

    op.create_table('quiz',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('lesson_id', sa.String(length=80), nullable=True),
    sa.Column('module_id', sa.String(length=80), nullable=True),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('most_attempts', sa.Integer(), nullable=True),
    sa.Column('window_days', sa.Integer(), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_quiz_lesson_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_quiz_module_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_quiz_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz'))
    )
    with op.batch_alter_table('quiz', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quiz_lesson_id'), ['lesson_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quiz_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quiz_skill_id'), ['skill_id'], unique=False)

    op.create_table('resolution',
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.Column('mean', sa.Double(), nullable=True),
    sa.Column('sd', sa.Double(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_resolution_by_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_resolution_finding_id')),
    sa.PrimaryKeyConstraint('finding_id', name=op.f('pk_resolution'))
    )
    op.create_table('scenario_revision',
    sa.Column('scenario_id', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['scenario_id'], ['scenario.id'], name=op.f('fk_scenario_revision_scenario_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scenario_revision')),
    sa.UniqueConstraint('scenario_id', 'number', name='uq_scenario_revision_number')
    )
    op.create_table('scoring',
    sa.Column('work_kind', sa.String(length=12), nullable=False),
    sa.Column('work_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('rater_id', sa.Uuid(), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.Column('focus', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_scoring_person_id')),
    sa.ForeignKeyConstraint(['rater_id'], ['person.id'], name=op.f('fk_scoring_rater_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['rubric_revision.id'], name=op.f('fk_scoring_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scoring'))
    )
    with op.batch_alter_table('scoring', schema=None) as batch_op:
        batch_op.create_index('ix_scoring_person', ['person_id', 'at'], unique=False)
        batch_op.create_index('ix_scoring_rater', ['rater_id', 'at'], unique=False)
        batch_op.create_index('uq_scoring_standing', ['work_kind', 'work_id', 'rater_id'], unique=True, sqlite_where=sa.text('replaced_at IS NULL'), postgresql_where=sa.text('replaced_at IS NULL'))

    op.create_table('workshop',
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('trainer_id', sa.Uuid(), nullable=True),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=True),
    sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_workshop_changed_by')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_workshop_programme_id')),
    sa.ForeignKeyConstraint(['trainer_id'], ['person.id'], name=op.f('fk_workshop_trainer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop'))
    )
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_ends_at', ['ends_at'], unique=False)
        batch_op.create_index('ix_workshop_programme_id', ['programme_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_workshop_trainer_id', ['trainer_id', 'ends_at'], unique=False)

    op.create_table('agreed_action',
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('due_kind', sa.String(length=10), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=8), nullable=True),
    sa.Column('outcome_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_agreed_action_person_id')),
    sa.ForeignKeyConstraint(['session_id'], ['coaching_session.id'], name=op.f('fk_agreed_action_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreed_action'))
    )
    with op.batch_alter_table('agreed_action', schema=None) as batch_op:
        batch_op.create_index('ix_agreed_action_person', ['person_id', 'done_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_agreed_action_session_id'), ['session_id'], unique=False)

    op.create_table('assignment',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('lesson_id', sa.String(length=80), nullable=True),
    sa.Column('quiz_id', sa.String(length=80), nullable=True),
    sa.Column('assigned_by', sa.Uuid(), nullable=True),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('because_id', sa.Uuid(), nullable=True),
    sa.Column('act_id', sa.Uuid(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(lesson_id IS NULL) <> (quiz_id IS NULL)', name=op.f('ck_assignment_one_thing')),
    sa.ForeignKeyConstraint(['assigned_by'], ['person.id'], name=op.f('fk_assignment_assigned_by')),
    sa.ForeignKeyConstraint(['because_id'], ['finding.id'], name=op.f('fk_assignment_because_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_assignment_lesson_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_assignment_person_id')),
    sa.ForeignKeyConstraint(['quiz_id'], ['quiz.id'], name=op.f('fk_assignment_quiz_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_assignment_skill_id')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['person.id'], name=op.f('fk_assignment_withdrawn_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index('ix_assignment_act', ['act_id'], unique=False)
        batch_op.create_index('ix_assignment_because', ['because_id'], unique=False)
        batch_op.create_index('ix_assignment_lesson', ['lesson_id'], unique=False)
        batch_op.create_index('ix_assignment_person', ['person_id', 'withdrawn_at', 'due_on'], unique=False)

    op.create_table('attempt',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('quiz_id', sa.String(length=80), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('right', sa.Double(), nullable=True),
    sa.Column('mean', sa.Double(), nullable=True),
    sa.Column('sd', sa.Double(), nullable=True),
    sa.Column('target', sa.Double(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attempt_person_id')),
    sa.ForeignKeyConstraint(['quiz_id'], ['quiz.id'], name=op.f('fk_attempt_quiz_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_attempt_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_closes', ['closes_at', 'submitted_at'], unique=False)
        batch_op.create_index('ix_attempt_person_skill', ['person_id', 'skill_id', 'submitted_at'], unique=False)
        batch_op.create_index('ix_attempt_quiz', ['quiz_id', 'person_id'], unique=False)
        batch_op.create_index('uq_attempt_open', ['person_id', 'quiz_id'], unique=True, sqlite_where=sa.text('submitted_at IS NULL'), postgresql_where=sa.text('submitted_at IS NULL'))

    op.create_table('content_file_revision',
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('publication_id', sa.Uuid(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_content_file_revision_publication_id')),
    sa.PrimaryKeyConstraint('path', 'number', name=op.f('pk_content_file_revision'))
    )
    with op.batch_alter_table('content_file_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_file_revision_publication_id'), ['publication_id'], unique=False)

    op.create_table('conversation',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('scenario_id', sa.String(length=80), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ending', sa.String(length=12), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_conversation_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['scenario_revision.id'], name=op.f('fk_conversation_revision_id')),
    sa.ForeignKeyConstraint(['scenario_id'], ['scenario.id'], name=op.f('fk_conversation_scenario_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index('ix_conversation_person', ['person_id', 'scenario_id', 'ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_revision_id'), ['revision_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_scenario_id'), ['scenario_id'], unique=False)
        batch_op.create_index('uq_conversation_open', ['person_id', 'scenario_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('drill_answer',
    sa.Column('card_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('item_revision_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('grade', sa.String(length=5), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['card_id'], ['drill_card.id'], name=op.f('fk_drill_answer_card_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_revision_id'], ['item_revision.id'], name=op.f('fk_drill_answer_item_revision_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_drill_answer_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drill_answer')),
    sa.UniqueConstraint('card_id', 'turn', name='uq_drill_answer_turn')
    )
    with op.batch_alter_table('drill_answer', schema=None) as batch_op:
        batch_op.create_index('ix_drill_answer_person_at', ['person_id', 'at'], unique=False)

    op.create_table('lesson_part',
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('html', sa.JSON(), nullable=False),
    sa.Column('item_id', sa.String(length=80), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_lesson_part_item_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['lesson_revision.id'], name=op.f('fk_lesson_part_revision_id')),
    sa.PrimaryKeyConstraint('revision_id', 'part_id', name=op.f('pk_lesson_part'))
    )
    op.create_table('lesson_run',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('lesson_id', sa.String(length=80), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lesson_run_lesson_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lesson_run_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['lesson_revision.id'], name=op.f('fk_lesson_run_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_run'))
    )
    with op.batch_alter_table('lesson_run', schema=None) as batch_op:
        batch_op.create_index('ix_lesson_run_person', ['person_id', 'lesson_id', 'completed_at'], unique=False)
        batch_op.create_index('uq_lesson_run_open', ['person_id', 'lesson_id'], unique=True, sqlite_where=sa.text('completed_at IS NULL'), postgresql_where=sa.text('completed_at IS NULL'))

    op.create_table('mark',
    sa.Column('scoring_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.String(length=80), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 4', name=op.f('ck_mark_level')),
    sa.ForeignKeyConstraint(['scoring_id'], ['scoring.id'], name=op.f('fk_mark_scoring_id')),
    sa.PrimaryKeyConstraint('scoring_id', 'criterion_id', name=op.f('pk_mark'))
    )
    op.create_table('observation',
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('level BETWEEN 1 AND 4', name=op.f('ck_observation_level')),
    sa.ForeignKeyConstraint(['session_id'], ['coaching_session.id'], name=op.f('fk_observation_session_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_observation_skill_id')),
    sa.PrimaryKeyConstraint('session_id', 'skill_id', name=op.f('pk_observation'))
    )
    op.create_table('practice_submission',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.String(length=80), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('media_id', sa.Uuid(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_practice_submission_item_id')),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name=op.f('fk_practice_submission_media_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_practice_submission_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['item_revision.id'], name=op.f('fk_practice_submission_revision_id')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_practice_submission_skill_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_submission'))
    )
    with op.batch_alter_table('practice_submission', schema=None) as batch_op:
        batch_op.create_index('ix_practice_submission_handed_in', ['handed_in_at'], unique=False)
        batch_op.create_index('ix_practice_submission_media', ['media_id'], unique=False)
        batch_op.create_index('ix_practice_submission_person', ['person_id', 'handed_in_at'], unique=False)
        batch_op.create_index('uq_practice_submission_open', ['person_id', 'item_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('workshop_material',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('media_id', sa.Uuid(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name=op.f('fk_workshop_material_media_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_material_workshop_id')),
    sa.PrimaryKeyConstraint('workshop_id', 'media_id', name=op.f('pk_workshop_material'))
    )
    with op.batch_alter_table('workshop_material', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_material_media_id'), ['media_id'], unique=False)

    op.create_table('workshop_seat',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('signed_up_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attended_how', sa.String(length=8), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_workshop_seat_person_id')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_workshop_seat_workshop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_seat')),
    sa.UniqueConstraint('workshop_id', 'number', name='uq_workshop_seat_number')
    )
    with op.batch_alter_table('workshop_seat', schema=None) as batch_op:
        batch_op.create_index('ix_workshop_seat_person_id', ['person_id', 'attended_at'], unique=False)
        batch_op.create_index('uq_workshop_seat_open', ['workshop_id', 'person_id'], unique=True, sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))

    op.create_table('attempt_item',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(length=80), nullable=False),
    sa.Column('item_revision_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('repeated', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_item_attempt_id')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_attempt_item_item_id')),
    sa.ForeignKeyConstraint(['item_revision_id'], ['item_revision.id'], name=op.f('fk_attempt_item_item_revision_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'position', name=op.f('pk_attempt_item'))
    )
    with op.batch_alter_table('attempt_item', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_item_revision', ['item_revision_id'], unique=False)

    op.create_table('conversation_turn',
    sa.Column('conversation_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('node_id', sa.String(length=80), nullable=False),
    sa.Column('answer_id', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_conversation_turn_conversation_id')),
    sa.PrimaryKeyConstraint('conversation_id', 'position', name=op.f('pk_conversation_turn'))
    )
    op.create_table('part_done',
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('part_id', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('item_revision_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('score', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['item_revision_id'], ['item_revision.id'], name=op.f('fk_part_done_item_revision_id')),
    sa.ForeignKeyConstraint(['run_id'], ['lesson_run.id'], name=op.f('fk_part_done_run_id')),
    sa.PrimaryKeyConstraint('run_id', 'part_id', name=op.f('pk_part_done'))
    )



def downgrade() -> None:
    """Go down."""

    op.drop_table('part_done')
    op.drop_table('conversation_turn')
    with op.batch_alter_table('attempt_item', schema=None) as batch_op:
        batch_op.drop_index('ix_attempt_item_revision')

    op.drop_table('attempt_item')
    with op.batch_alter_table('workshop_seat', schema=None) as batch_op:
        batch_op.drop_index('uq_workshop_seat_open', sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))
        batch_op.drop_index('ix_workshop_seat_person_id')

    op.drop_table('workshop_seat')
    with op.batch_alter_table('workshop_material', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_material_media_id'))

    op.drop_table('workshop_material')
    with op.batch_alter_table('practice_submission', schema=None) as batch_op:
        batch_op.drop_index('uq_practice_submission_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index('ix_practice_submission_person')
        batch_op.drop_index('ix_practice_submission_media')
        batch_op.drop_index('ix_practice_submission_handed_in')

    op.drop_table('practice_submission')
    op.drop_table('observation')
    op.drop_table('mark')
    with op.batch_alter_table('lesson_run', schema=None) as batch_op:
        batch_op.drop_index('uq_lesson_run_open', sqlite_where=sa.text('completed_at IS NULL'), postgresql_where=sa.text('completed_at IS NULL'))
        batch_op.drop_index('ix_lesson_run_person')

    op.drop_table('lesson_run')
    op.drop_table('lesson_part')
    with op.batch_alter_table('drill_answer', schema=None) as batch_op:
        batch_op.drop_index('ix_drill_answer_person_at')

    op.drop_table('drill_answer')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index('uq_conversation_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_conversation_scenario_id'))
        batch_op.drop_index(batch_op.f('ix_conversation_revision_id'))
        batch_op.drop_index('ix_conversation_person')

    op.drop_table('conversation')
    with op.batch_alter_table('content_file_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_content_file_revision_publication_id'))

    op.drop_table('content_file_revision')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('uq_attempt_open', sqlite_where=sa.text('submitted_at IS NULL'), postgresql_where=sa.text('submitted_at IS NULL'))
        batch_op.drop_index('ix_attempt_quiz')
        batch_op.drop_index('ix_attempt_person_skill')
        batch_op.drop_index('ix_attempt_closes')

    op.drop_table('attempt')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index('ix_assignment_person')
        batch_op.drop_index('ix_assignment_lesson')
        batch_op.drop_index('ix_assignment_because')
        batch_op.drop_index('ix_assignment_act')

    op.drop_table('assignment')
    with op.batch_alter_table('agreed_action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreed_action_session_id'))
        batch_op.drop_index('ix_agreed_action_person')

    op.drop_table('agreed_action')
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_index('ix_workshop_trainer_id')
        batch_op.drop_index('ix_workshop_programme_id')
        batch_op.drop_index('ix_workshop_ends_at')

    op.drop_table('workshop')
    with op.batch_alter_table('scoring', schema=None) as batch_op:
        batch_op.drop_index('uq_scoring_standing', sqlite_where=sa.text('replaced_at IS NULL'), postgresql_where=sa.text('replaced_at IS NULL'))
        batch_op.drop_index('ix_scoring_rater')
        batch_op.drop_index('ix_scoring_person')

    op.drop_table('scoring')
    op.drop_table('scenario_revision')
    op.drop_table('resolution')
    with op.batch_alter_table('quiz', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quiz_skill_id'))
        batch_op.drop_index(batch_op.f('ix_quiz_module_id'))
        batch_op.drop_index(batch_op.f('ix_quiz_lesson_id'))

    op.drop_table('quiz')
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publication_draft_id'))
        batch_op.drop_index(batch_op.f('ix_publication_at'))

    op.drop_table('publication')
    with op.batch_alter_table('programme_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_place_programme_id'))

    op.drop_table('programme_place')
    with op.batch_alter_table('path_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_path_step_lesson_id'))

    op.drop_table('path_step')
    with op.batch_alter_table('outside_record', schema=None) as batch_op:
        batch_op.drop_index('uq_outside_record_open', sqlite_where=sa.text('confirmed_at IS NULL AND declined_at IS NULL'), postgresql_where=sa.text('confirmed_at IS NULL AND declined_at IS NULL'))
        batch_op.drop_index('ix_outside_record_person_id')
        batch_op.drop_index('ix_outside_record_media_id')

    op.drop_table('outside_record')
    op.drop_table('media_chunk')
    op.drop_table('lesson_revision')
    op.drop_table('item_revision')
    with op.batch_alter_table('finding_contest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_contest_person_id'))
        batch_op.drop_index(batch_op.f('ix_finding_contest_finding_id'))

    op.drop_table('finding_contest')
    with op.batch_alter_table('drill_card', schema=None) as batch_op:
        batch_op.drop_index('ix_drill_card_person_due')

    op.drop_table('drill_card')
    with op.batch_alter_table('draft_reviewer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_reviewer_person_id'))

    op.drop_table('draft_reviewer')
    op.drop_table('draft_file')
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_comment_draft_id'))

    op.drop_table('draft_comment')
    op.drop_table('draft_approval')
    with op.batch_alter_table('content_media', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_content_media_draft_id'))

    op.drop_table('content_media')
    with op.batch_alter_table('coaching_session', schema=None) as batch_op:
        batch_op.drop_index('ix_coaching_session_person')
        batch_op.drop_index('ix_coaching_session_coach')

    op.drop_table('coaching_session')
    op.drop_table('team_skill')
    with op.batch_alter_table('team_membership', schema=None) as batch_op:
        batch_op.drop_index('uq_team_membership_current', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index('ix_team_membership_team')
        batch_op.drop_index(batch_op.f('ix_team_membership_person_id'))

    op.drop_table('team_membership')
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_target_skill_id'))

    op.drop_table('target')
    with op.batch_alter_table('spent_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_spent_key_spent_at'))
        batch_op.drop_index(batch_op.f('ix_spent_key_person_id'))

    op.drop_table('spent_key')
    op.drop_table('skill_level')
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_session_person_id'))
        batch_op.drop_index(batch_op.f('ix_sign_in_session_expires_at'))

    op.drop_table('sign_in_session')
    with op.batch_alter_table('scenario', schema=None) as batch_op:
        batch_op.drop_index('ix_scenario_skill')

    op.drop_table('scenario')
    op.drop_table('rubric_revision')
    with op.batch_alter_table('reporting_path', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reporting_path_person_id'))

    op.drop_table('reporting_path')
    with op.batch_alter_table('reporting_line', schema=None) as batch_op:
        batch_op.drop_index('uq_reporting_line_current', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index(batch_op.f('ix_reporting_line_person_id'))
        batch_op.drop_index('ix_reporting_line_manager')

    op.drop_table('reporting_line')
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index('ix_remark_work')
        batch_op.drop_index('ix_remark_person')
        batch_op.drop_index('ix_remark_author')

    op.drop_table('remark')
    op.drop_table('rater_severity')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_skill_id'))

    op.drop_table('programme')
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_message_person_id'))
        batch_op.drop_index('ix_outbox_message_due', sqlite_where=sa.text('sent_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL AND failed_at IS NULL'))

    op.drop_table('outbox_message')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_person_id'))

    op.drop_table('one_time_link')
    op.drop_table('module_forms')
    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.drop_index('ix_media_uploaded_by')
        batch_op.drop_index('ix_media_at')

    op.drop_table('media')
    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.drop_index('ix_lesson_skill')
        batch_op.drop_index('ix_lesson_module')

    op.drop_table('lesson')
    with op.batch_alter_table('job_role_holding', schema=None) as batch_op:
        batch_op.drop_index('uq_job_role_holding_current', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index(batch_op.f('ix_job_role_holding_person_id'))
        batch_op.drop_index(batch_op.f('ix_job_role_holding_job_role_id'))

    op.drop_table('job_role_holding')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index('ix_item_skill_use')

    op.drop_table('item')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index('uq_finding_open', sqlite_where=sa.text('resolved_at IS NULL'), postgresql_where=sa.text('resolved_at IS NULL'))
        batch_op.drop_index('ix_finding_skill')
        batch_op.drop_index('ix_finding_person')

    op.drop_table('finding')
    with op.batch_alter_table('evidence_contest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_contest_person_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_contest_evidence_id'))

    op.drop_table('evidence_contest')
    op.drop_table('drill_settings')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_author_id'))

    op.drop_table('draft')
    with op.batch_alter_table('day_of_need', schema=None) as batch_op:
        batch_op.drop_index('ix_day_of_need_on_day')

    op.drop_table('day_of_need')
    op.drop_table('criterion')
    with op.batch_alter_table('coach_pairing', schema=None) as batch_op:
        batch_op.drop_index('uq_coach_pairing_current', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index('ix_coach_pairing_person')

    op.drop_table('coach_pairing')
    op.drop_table('certificate_rule')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_valid_until'))
        batch_op.drop_index(batch_op.f('ix_certificate_job_role_id'))

    op.drop_table('certificate')
    op.drop_table('capability_grant')
    op.drop_table('calendar_feed')
    op.drop_table('account')
    op.drop_table('team')
    op.drop_table('skill')
    op.drop_table('settings_version')
    op.drop_table('retraction')
    op.drop_table('retention_permit')
    with op.batch_alter_table('rate_counter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rate_counter_expires_at'))

    op.drop_table('rate_counter')
    op.drop_table('prior_without')
    op.drop_table('prior')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index('ix_person_sort_name')

    op.drop_table('person')
    op.drop_table('module')
    op.drop_table('lesson_finish')
    op.drop_table('job_role')
    op.drop_table('framework_revision')
    op.drop_table('folder_file')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index('ix_evidence_origin')
        batch_op.drop_index('ix_evidence_cell')

    op.drop_table('evidence')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_verb_at')
        batch_op.drop_index('ix_event_person_at')

    op.drop_table('event')
    op.drop_table('content_file')
    with op.batch_alter_table('cell', schema=None) as batch_op:
        batch_op.drop_index('ix_cell_skill')

    op.drop_table('cell')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_person_at')
        batch_op.drop_index('ix_audit_entry_at')

    op.drop_table('audit_entry')
    op.drop_table('accumulator')

