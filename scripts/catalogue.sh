#!/bin/sh
# Writes the list in each …Catalogue.swift: one line for everything of its kind that is declared in its folder.
# With --check it writes nothing and fails when a catalogue is out of date.
set -eu
cd "$(dirname "$0")/.."

check=${1:-}
status=0

# names FOLDER PATTERN: what the sed pattern finds in the folder's files, sorted; catalogues themselves declare nothing.
names() {
    find "$1" -maxdepth 1 -name '*.swift' ! -name '*Catalogue.swift' -exec sed -nE "s/$2/\1/p" {} + | LC_ALL=C sort
}

# catalogue FILE PATTERN PREFIX SUFFIX: replaces the lines between the brackets of the file's list.
catalogue() {
    file=$1
    list=$(names "$(dirname "$file")" "$2" | sed -E "s/.*/        $3&$4,/")
    new=$(awk -v list="$list" '
        /\[$/ { print; print list; inside = 1; next }
        /^ *\]$/ { inside = 0 }
        !inside { print }' "$file")
    if [ "$check" = --check ]; then
        if [ "$new" != "$(cat "$file")" ]; then
            echo "error: $file is out of date: run make catalogue" >&2
            status=1
        fi
    else
        printf '%s\n' "$new" >"$file"
    fi
}

catalogue Sources/Compute/Networks/NetworkCatalogue.swift '^ *public static let ([A-Za-z0-9]+) = NetworkFamily\(.*' . ''
catalogue Sources/Compute/Datasets/DatasetCatalogue.swift '^ *public static let ([A-Za-z0-9]+) = DatasetLayout\(.*' . ''
catalogue Sources/Compute/Statistics/TestCatalogue.swift '^.*static let ([A-Za-z0-9]+) = HypothesisTest\(.*' . ''
catalogue Sources/Compute/Layers/LayerCatalogue.swift '^public struct ([A-Za-z0-9]+): Layer \{.*' '' .self
catalogue Sources/Runtime/Charts/Marks/MarkCatalogue.swift '^.*struct ([A-Za-z0-9]+): Mark \{.*' '' .self
exit $status
