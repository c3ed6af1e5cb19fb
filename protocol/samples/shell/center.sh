#!/usr/bin/env bash
# A center in the shell: reads a card, prints a ticket and captures a page at one point.
# Needs Debian's mosquitto-clients and jq.  center.sh HOST:PORT POINT CLIENT [FILE], such as
# center.sh 127.0.0.1:1883 jingan-0042 hall-1 page.jpg
set -euo pipefail
host=${1%:*} port=${1##*:} point=$2 client=$3 file=${4:-page.jpg}
base=doorstep/v1/$point
at=(-h "$host" -p "$port" -V 5 -q 1)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
random_id() { cat /proc/sys/kernel/random/uuid; }

# Sends a command and prints its result. It is sent to the device $1: operation $2, parameters $3,
# under the id $4 or a new one. mosquitto_rr ends with the first reply; as no updates are asked for,
# that is the final one. If none comes, or a late one to another command, the same is sent again: its
# id keeps the point from doing it twice.
call() {
  local id=${4:-$(random_id)} command reply state
  command=$(jq -nc --arg id "$id" --arg operation "$2" --argjson parameters "$3" \
    '{$id, $operation, $parameters, timeout: "PT20S"}')
  for _ in 1 2 3; do
    reply=$(mosquitto_rr "${at[@]}" -i "$client" -W 60 -D publish message-expiry-interval 30 \
      -t "$base/command/$1" -e "$base/reply/$client" -m "$command") || true
    state=$(jq -r --arg id "$id" 'select(.id == $id) | .state' <<<"$reply")
    case $state in
    succeeded)
      echo "$2: $state" >&2
      jq -c .result <<<"$reply"
      return
      ;;
    failed | cancelled | expired | rejected | unknown)
      echo "$2: $state" >&2
      jq -r '.error // empty | "\(.code): \(.recovery)"' <<<"$reply" >&2
      return 1
      ;;
    esac
  done
  echo "$2: no reply" >&2
  return 1
}

# Takes pieces of blobs out of the session that the broker keeps for us; with -E it only subscribes,
# so that from then on the broker keeps them.
pieces() {
  exec mosquitto_sub "${at[@]}" -i "$client-blobs" -c -x 3600 -t "$base/blob/$client/+/+" "$@"
}

# Prints the bytes of the document $1: those in the reply, or pieces by their number. One may come
# twice; after ten seconds without any, the missing ones are asked for.
fetch() {
  local blob count sha256 reader pid topic bytes number parameters attempt
  local -A got=()
  if jq -e .base64 <<<"$1" >/dev/null; then
    jq -r .base64 <<<"$1" | base64 -d
    return
  fi
  read -r blob count sha256 < <(jq -r '.blob | "\(.id) \(.pieces) \(.sha256)"' <<<"$1")
  for attempt in 1 2 3; do
    exec {reader}< <(pieces -F '%t %x') # a line for each piece, its bytes in hexadecimal
    pid=$!
    while [ ${#got[@]} -lt "$count" ] && read -r -t 10 -u "$reader" topic bytes; do
      [[ $topic == */$blob/* ]] || continue
      number=${topic##*/}
      basenc --base16 -d <<<"${bytes^^}" >"$folder/$number"
      got[$number]=1
    done
    kill "$pid"
    exec {reader}<&-
    [ ${#got[@]} -lt "$count" ] || break
    parameters=$(jq -nc --arg blob "$blob" --argjson count "$count" \
      '{$blob, pieces: ([range($count)] - $ARGS.positional)[:1000]}' --jsonargs "${!got[@]}")
    call agent agent.resend "$parameters" >/dev/null
  done
  for ((number = 0; number < count; number++)); do cat "$folder/$number"; done >"$folder/document"
  sha256sum --quiet -c <<<"$sha256  $folder/document" >&2
  cat "$folder/document"
  call agent agent.release "$(jq -nc --arg blob "$blob" '{$blob}')" >/dev/null
}

card=$(call reader id-card.read '{"wait":"PT15S"}')
jq -r '"card: \(.type) \(.number)"' <<<"$card"

# A print has an id that is kept: whoever is in doubt sends it again, and no second ticket comes.
ticket='{"lines":[{"text":"A042","align":"CENTER","size":4}],"cut":"PARTIAL"}'
id=$(random_id)
for _ in 1 2; do
  printed=$(call printer ticket.print "$ticket" "$id")
  jq -r '"ticket: \(.state)"' <<<"$printed"
done

(pieces -E)
page=$(call camera document.capture '{"format":"JPEG"}')
fetch "$(jq -c .content <<<"$page")" >"$file"
jq -r --arg file "$file" '"page: \(.width) x \(.height) in \($file)"' <<<"$page"
