/* SPDX-License-Identifier: ISC */
/*
 * Little-endian numbers as one-member structs: what an image holds. To forget a swap is a
 * type error.
 */
#ifndef DCFG_BASE_BYTEORDER_H
#define DCFG_BASE_BYTEORDER_H

#include <stdint.h>

struct le16 {
	uint16_t raw;
};
struct le32 {
	uint32_t raw;
};
struct le64 { /* may stand where only 4 divides the address */
	uint32_t raw[2];
};

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define DCFG_SWAP(bits, value) __builtin_bswap##bits(value)
#else
#define DCFG_SWAP(bits, value) (value)
#endif

static inline uint16_t le16_get(struct le16 number)
{
	return DCFG_SWAP(16, number.raw);
}
static inline uint32_t le32_get(struct le32 number)
{
	return DCFG_SWAP(32, number.raw);
}
static inline uint64_t le64_get(struct le64 number)
{
	return (uint64_t)DCFG_SWAP(32, number.raw[1]) << 32 |
	       DCFG_SWAP(32, number.raw[0]);
}

static inline struct le16 le16_of(uint16_t value)
{
	return (struct le16){DCFG_SWAP(16, value)};
}
static inline struct le32 le32_of(uint32_t value)
{
	return (struct le32){DCFG_SWAP(32, value)};
}
static inline struct le64 le64_of(uint64_t value)
{
	return (struct le64){
		{DCFG_SWAP(32, (uint32_t)value), DCFG_SWAP(32, (uint32_t)(value >> 32))}};
}

#endif
