/// Places of a stretch's units: rows by the longest way from its beginning, lanes by branch. Units of space are lanes and rows.
struct StretchLayout {
    struct Place: Hashable {
        /// 0 is the row below the entry.
        var row: Int
        /// nil stands in the middle of all lanes.
        var lane: Int?
    }

    /// A connection; nil is the entry. `lane` is the one it runs down, where that is not its source's.
    struct Edge: Hashable {
        var from: Int?
        var to: Int
        var lane: Int?
    }

    private(set) var places: [Place] = []
    private(set) var edges: [Edge] = []
    private(set) var lanes = 0
    private var taken: Set<Place> = []

    var rows: Int { (places.map(\.row).max() ?? 0) + 1 }

    init(_ units: [NetworkOutline.Unit]) {
        for (index, unit) in units.enumerated() {
            let row = unit.inputs.map { input in input.map { places[$0].row + 1 } ?? 0 }.max() ?? 0
            place(index, unit, row: row, isLast: index == units.count - 1)
        }
        for (index, unit) in units.enumerated() { join(index, unit) }
        lanes = max(lanes, 1)
    }

    private mutating func place(_ index: Int, _ unit: NetworkOutline.Unit, row: Int, isLast: Bool) {
        if isLast || unit.inputs.isEmpty { return places.append(Place(row: row, lane: nil)) }
        var lane = lanes
        if let first = unit.inputs[0], let own = places[first].lane, !taken.contains(Place(row: row, lane: own)) {
            lane = own
        }
        lanes = max(lanes, lane + 1)
        let place = Place(row: row, lane: lane)
        taken.insert(place)
        places.append(place)
    }

    /// A way past other units gets a lane of its own.
    private mutating func join(_ index: Int, _ unit: NetworkOutline.Unit) {
        for input in unit.inputs {
            let start = input.map { places[$0].row + 1 } ?? 0
            let own = input.flatMap { places[$0].lane }
            let between = start..<max(start, places[index].row)
            let isFree = own.map { lane in between.allSatisfy { !taken.contains(Place(row: $0, lane: lane)) } } ?? false
            var lane: Int?
            if !between.isEmpty, !isFree {
                lane = lanes
                lanes += 1
            }
            edges.append(Edge(from: input, to: index, lane: lane))
        }
    }
}
