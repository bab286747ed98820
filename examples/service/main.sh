#!/bin/sh
# SPDX-License-Identifier: ISC
# What the shop's server would know when it starts; set SHOP_ENV to choose the environment.
directory=${1:-config}
LC_ALL=C # numbers below have a point
export LC_ALL

shop() {
	verb=$1
	shift
	"${DEPLOYCFG:-deploycfg}" "$verb" --dir "$directory" "$@"
}

get() {
	shop get "$@" 2>/dev/null
}

# The number, however it was written.
int() {
	printf %d "$(get "$1")"
}

# Not what it says, but how long it is: nothing but the database is to have it.
password=$(get --show-secrets database.password)

# A load that fails says why once, here; what follows needs no check.
summary=$(shop check) || exit 78
environment=${summary#*env=}

providers=0
while get "payment.providers[$providers]" >/dev/null; do
	providers=$((providers + 1))
done

# One line for each value, as "database.host = 'localhost'<tab># FILE:LINE:COLUMN (LAYER)".
origin=$(shop dump --format repr --origin 2>/dev/null |
	sed -n "s/^database\.host = .*	# //p" | sed 's/ ([a-z]*)$//; s/:[0-9]*:[0-9]*$//')

cat <<EOF
environment: ${environment%% *}
listen: $(get server.host):$(int server.port)
database: $(get database.driver)://$(get database.user)@$(get database.host):$(int database.port)/$(get database.name)
password: ${#password} characters
pool: $(int database.pool.size)
providers: $providers
card: $(get 'payment.providers[1].url')
new checkout: $(get features.new_checkout)
timeout: $(printf %g "$(get server.request_timeout)")
dashboard: $(get monitoring.dashboard || echo none)
database.host from: $origin
EOF
