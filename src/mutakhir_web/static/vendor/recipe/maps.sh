#!/bin/sh
# Makes ../../maps anew from polygons of desa, and its table in THIRD_PARTY.md:
#   maps.sh DESA.geojson
# One line between two neighbours stays one line: gaps are closed, desa are joined to kecamatan and
# kabupaten/kota, and only then are lines made simpler (a kota, seen from nearer, less so). Names are those of our own list of regions.
set -eu
desa=$(realpath "$1")
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../../../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/table.mjs" "$here/maps.mjs" "$work"
cd "$work"
npm install --ignore-scripts --no-audit --no-fund --no-save --loglevel=error mapshaper@0.7.70
gunzip -c "$root/src/mutakhir/regions/data/regions.csv.gz" >names.csv

mapshaper() { node_modules/.bin/mapshaper "$@" -quiet; }
named="-join names.csv keys=code,code fields=name string-fields=code -filter-fields code,name"
# Rounded to 0.0001 degree, about 11 m.
written="precision=0.0001 format=geojson"

maps="$here/../../maps"
rm -f "$maps"/*.geojson
# shellcheck disable=SC2086  # $named and $written are several words each
mapshaper "$desa" -clean -each 'code = kode.replace(/\./g, "").slice(0, 6)' \
    -dissolve code -o kecamatan.json
for kabkota in 3601 3602 3603 3604 3671 3672 3673 3674; do
    case $kabkota in ??7?) kept=40% ;; *) kept=11% ;; esac
    mapshaper kecamatan.json -filter "code.slice(0, 4) === '$kabkota'" -simplify $kept keep-shapes \
        $named -o "$maps/kecamatan-$kabkota.geojson" $written
done
mapshaper kecamatan.json -each 'code = code.slice(0, 4)' -dissolve code -simplify 8% keep-shapes \
    $named -o "$maps/kabkota-36.geojson" $written
node maps.mjs "$maps" "$root"
