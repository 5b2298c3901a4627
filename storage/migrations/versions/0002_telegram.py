"""What a chat with buttons needs: its card, evidence, colleagues' answers, inputs set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CARDS = sa.text("lane = 'card'")


def upgrade() -> None:
    """Add columns and tables."""
    op.create_table(
        "dead_letter",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dead_letter")),
    )
    op.create_index(op.f("ix_dead_letter_channel_address"), "dead_letter", ["channel", "address"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("assessment_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("custody", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_evidence_assessment_id_assessment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_assessment_id"), "evidence", ["assessment_id"], unique=False)
    op.create_table(
        "inquiry",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("assessment_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("asker_id", sa.Text(), nullable=False),
        sa.Column("colleague_id", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("value", sa.String(length=2), nullable=True),
        sa.Column("basis", sa.String(length=1), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_inquiry_assessment_id_assessment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["person.id"], name=op.f("fk_inquiry_asker_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"], ["person.id"], name=op.f("fk_inquiry_colleague_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_inquiry")),
    )
    for name in ("assessment_id", "asker_id", "colleague_id"):
        op.create_index(op.f(f"ix_inquiry_{name}"), "inquiry", [name], unique=False)
    for name in ("ask", "until", "given_by"):
        op.add_column("rating", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    # nothing refers to a conversation yet, so SQLite may make it anew, as a foreign key requires there
    with op.batch_alter_table("conversation") as conversation:
        for name in ("shown_message", "shown_leaf"):
            conversation.add_column(sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
        for name in ("shown_buried", "unreachable"):
            conversation.add_column(sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
        conversation.add_column(sa.Column("inquiry_token", sa.Text(), nullable=True))
        conversation.create_foreign_key(
            op.f("fk_conversation_inquiry_token_inquiry"), "inquiry", ["inquiry_token"], ["token"], ondelete="SET NULL"
        )
        conversation.create_index(op.f("ix_conversation_inquiry_token"), ["inquiry_token"], unique=False)
    op.create_table(
        "utterance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("aside", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_utterance_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utterance")),
        sa.UniqueConstraint("conversation_id", "message", name=op.f("uq_utterance_conversation_id_message")),
    )
    # so far every message was a card, which is drawn as the state then is: the latest of a chat says it all
    op.execute("DELETE FROM outbox WHERE id NOT IN (SELECT max(id) FROM outbox GROUP BY channel, address)")
    op.add_column("outbox", sa.Column("lane", sa.Text(), server_default=sa.text("'card'"), nullable=False))
    op.add_column("outbox", sa.Column("stamp", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.create_index(
        op.f("ix_outbox_channel_address"),
        "outbox",
        ["channel", "address"],
        unique=True,
        sqlite_where=CARDS,
        postgresql_where=CARDS,
    )


def downgrade() -> None:
    """Take away columns and tables."""
    op.drop_index(op.f("ix_outbox_channel_address"), table_name="outbox")
    op.drop_column("outbox", "stamp")
    op.drop_column("outbox", "lane")
    op.drop_table("utterance")
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_index(op.f("ix_conversation_inquiry_token"))
        conversation.drop_constraint(op.f("fk_conversation_inquiry_token_inquiry"), type_="foreignkey")
        for name in ("inquiry_token", "unreachable", "shown_buried", "shown_leaf", "shown_message"):
            conversation.drop_column(name)
    for name in ("given_by", "until", "ask"):
        op.drop_column("rating", name)
    op.drop_table("inquiry")
    op.drop_table("evidence")
    op.drop_table("dead_letter")
