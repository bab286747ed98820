/* SPDX-License-Identifier: ISC */
/* One scalar takes the type that its key is declared with. Knows its rule, and no other value. */
#include "base/utf8.h"
#include "model/interpolate.h"
#include "model/text.h"
#include "schema/rule.h"

bool dcfg_judge_expand(struct dcfg_judging *judging, struct dcfg_node *node)
{
	struct dcfg_view plain;

	if (!(node->flags & DCFG_TEMPLATE))
		return true;
	if (dcfg_has_reference(dcfg_text(node)))
		return false;
	plain = dcfg_unescape_references(&judging->context->arena, dcfg_text(node));
	if (!plain.ptr)
		return false;
	node->text = plain.ptr;
	node->length = (uint32_t)plain.len;
	node->flags &= (uint16_t)~DCFG_TEMPLATE;
	return true;
}

/* Digits from an offset on. */
static size_t count_digits(struct dcfg_view text, size_t from)
{
	size_t at = from;

	while (at < text.len && dcfg_is_digit(text.ptr[at]))
		at++;
	return at - from;
}

static bool is_canonical_int(struct dcfg_view text)
{
	size_t sign = text.len && *text.ptr == '-';
	size_t digits = count_digits(text, sign);

	return digits && sign + digits == text.len &&
	       (text.ptr[sign] != '0' || text.len == 1);
}

/* So few digits are printed as they were written. */
static bool is_canonical_float(struct dcfg_view text)
{
	size_t sign = text.len && *text.ptr == '-';
	size_t before = count_digits(text, sign), point = sign + before, behind, zeros;

	if (!before || point + 1 >= text.len || text.ptr[point] != '.')
		return false;
	behind = count_digits(text, point + 1);
	if (point + 1 + behind != text.len || before + behind > 15 ||
	    (before > 1 && text.ptr[sign] == '0'))
		return false;
	if (behind == 1)
		return true;
	for (zeros = 0; text.ptr[point + 1 + zeros] == '0' && zeros + 1 < behind; zeros++)
		;
	return text.ptr[text.len - 1] != '0' && (text.ptr[sign] != '0' || zeros <= 3);
}

/* Whether a number's text is the one that it would be printed as. */
static bool is_canonical_number(struct dcfg_view text, enum deploycfg_type type)
{
	return (type == DEPLOYCFG_INT && is_canonical_int(text)) ||
	       (type == DEPLOYCFG_FLOAT && is_canonical_float(text));
}

static bool is_canonical(const struct dcfg_node *node, enum deploycfg_type type)
{
	struct dcfg_view text = dcfg_text(node);

	if (node->type != type)
		return false;
	switch (type) {
	case DEPLOYCFG_INT:
	case DEPLOYCFG_FLOAT:
		return is_canonical_number(text, type);
	case DEPLOYCFG_BOOL:
		return text.len == (node->scalar.boolean ? 4 : 5) && text.ptr[1] >= 'a' &&
		       *text.ptr >= 'a';
	default:
		return true;
	}
}

static const char *hint_for(enum deploycfg_type type, enum dcfg_parse parsed,
			    bool inexact)
{
	switch (type) {
	case DEPLOYCFG_BOOL:
		return "write true or false";
	case DEPLOYCFG_INT:
		return parsed == DCFG_OUT_OF_RANGE
			       ? "an int is from -9223372036854775808 to "
				 "9223372036854775807"
			       : "write a whole number, without leading zeros or a unit";
	case DEPLOYCFG_FLOAT:
		return inexact ? "no float is equal to it: write it with a point, such "
				 "as 9007199254740993.0, to take the nearest"
		       : parsed == DCFG_OUT_OF_RANGE
			       ? "a float ends at about 1.8e308: write less, or .inf"
			       : "write a number such as 2.5 or 1e3";
	case DEPLOYCFG_DURATION:
		return parsed == DCFG_OUT_OF_RANGE
			       ? "a duration is at most 292 years"
			       : "write whole numbers with units, the larger first and "
				 "without blanks, such as 250ms, 30s or 1h30m (w d h m s "
				 "ms us ns)";
	case DEPLOYCFG_SIZE:
		return parsed == DCFG_OUT_OF_RANGE
			       ? "a size is at most 9223372036854775807 bytes"
			       : "write a whole number of bytes, or one right before its "
				 "unit, such as 64KiB (B kB MB GB TB KiB MiB GiB TiB)";
	default:
		return NULL;
	}
}

static bool is_number(enum deploycfg_type type)
{
	return type == DEPLOYCFG_INT || type == DEPLOYCFG_FLOAT ||
	       type == DEPLOYCFG_DURATION || type == DEPLOYCFG_SIZE;
}

/* What no text of that type could be read as, whatever it says. */
static bool is_wrong_kind(const struct dcfg_node *node, enum deploycfg_type type)
{
	if (node->type == DEPLOYCFG_BOOL)
		return is_number(type);
	return node->type == DEPLOYCFG_FLOAT && type != DEPLOYCFG_FLOAT &&
	       (is_number(type) || type == DEPLOYCFG_BOOL);
}

static void fail_kind(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      const struct dcfg_node *node)
{
	enum deploycfg_type type = (enum deploycfg_type)node->type;
	bool secret = dcfg_judged_is_concealed(judging, rule, node);
	struct deploycfg_error *error =
		secret ? dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_TYPE,
					 "expected %s, found %s",
					 dcfg_type_phrase(rule->type),
					 dcfg_type_phrase(type))
		       : dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_TYPE,
					 "expected %s, found the %s %.*s",
					 dcfg_type_phrase(rule->type),
					 deploycfg_type_name(type),
					 DCFG_ARG(dcfg_utf8_shown(dcfg_text(node))));

	dcfg_error_expected(error, "%s", deploycfg_type_name(rule->type));
	dcfg_judge_hint(judging, error, node,
			hint_for(rule->type, DCFG_MALFORMED, false));
}

static void fail_text(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      const struct dcfg_node *node, enum dcfg_parse parsed)
{
	bool in_range = parsed != DCFG_OUT_OF_RANGE;
	bool inexact = dcfg_text_is_inexact(dcfg_text(node), rule->type, parsed);
	char quote[DCFG_QUOTE_SIZE];
	struct deploycfg_error *error = dcfg_judge_fail(
		judging, rule, node, in_range ? DEPLOYCFG_ERR_VALUE : DEPLOYCFG_ERR_RANGE,
		"%s %s %s", dcfg_quote(judging, quote, rule, node),
		in_range  ? "does not read as"
		: inexact ? "is not exactly"
			  : "is out of the range of",
		dcfg_type_phrase(rule->type));

	dcfg_error_expected(error, "%s", deploycfg_type_name(rule->type));
	dcfg_judge_hint(judging, error, node, hint_for(rule->type, parsed, inexact));
}

/* What the schema stores: the text of numbers and bools is canonical. */
static enum dcfg_parse convert(struct dcfg_arena *arena, enum deploycfg_type type,
			       union dcfg_scalar *value, struct dcfg_view *text)
{
	enum dcfg_parse parsed;

	if (is_canonical_number(*text, type))
		return type == DEPLOYCFG_INT ? dcfg_parse_int(*text, &value->integer)
					     : dcfg_parse_double(*text, &value->real);
	parsed = dcfg_convert(arena, *text, type, value, text);
	if (parsed == DCFG_PARSED && type < DEPLOYCFG_STRING)
		*text = dcfg_canonical(arena, type, value);
	return parsed;
}

static bool take_type(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      struct dcfg_node *node)
{
	struct dcfg_arena *arena = node->flags & DCFG_IS_SECRET
					   ? &judging->context->vault
					   : &judging->context->arena;
	struct dcfg_view text = dcfg_text(node);
	union dcfg_scalar value = {.integer = 0};
	enum dcfg_parse parsed;

	if (is_wrong_kind(node, rule->type)) {
		fail_kind(judging, rule, node);
		return false;
	}
	parsed = convert(arena, rule->type, &value, &text);
	if (parsed != DCFG_PARSED) {
		fail_text(judging, rule, node, parsed);
		return false;
	}
	if (!text.ptr)
		return true; /* no memory, as will be told */
	if (text.ptr != node->text)
		dcfg_note_written(judging->context, node);
	node->type = (uint8_t)rule->type;
	node->flags &= (uint16_t) ~(DCFG_TEXT | DCFG_FLOW);
	node->scalar = value;
	node->text = text.ptr;
	node->length = (uint32_t)text.len;
	return true;
}

bool dcfg_judge_scalar(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		       struct dcfg_node *node)
{
	if (node->type <= DEPLOYCFG_NULL)
		return true;
	if (dcfg_has_children(node)) {
		dcfg_fail_kind(judging, rule, node);
		return false;
	}
	if (dcfg_unlikely(!dcfg_judge_expand(judging, node)))
		return true; /* its text is known after expansion */
	if (rule->type == DEPLOYCFG_NONE)
		return !rule->bounds || dcfg_bounds_judge(judging, rule, node);
	if (is_canonical(node, rule->type) && !(node->flags & DCFG_FLOW))
		node->flags &= (uint16_t)~DCFG_TEXT;
	else if (!take_type(judging, rule, node))
		return false;
	return !rule->bounds || dcfg_bounds_judge(judging, rule, node);
}
