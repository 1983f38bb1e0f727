import Glibc

/// Finds a place for each label beside its point where it covers no point, no bar and no other label, crosses few
/// lines, stays in the panel and nearer to its own point than to others; a label that had to move away gets a leader.
///
/// Each label has candidate places in 16 directions and 8 distances; those that cover something solid drop out, the
/// lines a place crosses are priced once. Then labels choose in turn the cheapest place given the others' until none
/// wants to move; of five orders of choosing the cheapest outcome is taken. Deterministic. A label that finds no place
/// is left out; the chart says how many.
struct LabelPlacement {
    private let panel: Rect
    private let solids: [Rect]
    private let segments: [(Point, Point)]
    private let measure: any TextMeasure
    private let font: Font

    private static let distances = [2.0, 6, 11, 18, 27, 38, 52, 70]
    private static let directions = 16
    private static let rounds = 12
    /// From how many points on a label away from its point is led to it by a line.
    private static let leaderFrom = 9.0

    private enum Cost {
        static let covered = 1000.0
        static let crossedLine = 25.0
        static let lineUnderLeader = 5.0
        /// Running along an error bar, of which it looks to be a part.
        static let hiddenLeader = 40.0
        static let atBarEnd = 5.0
        static let crossedLeader = 40.0
        /// Near enough to another point to be taken for its name.
        static let ambiguous = 18.0
        static let perPoint = 0.35
    }

    /// - Parameter shapes: what the labels keep away from: circles, polygons and rectangles as solids, lines as lines.
    init(panel: Rect, avoiding shapes: [Shape], font: Font, measure: any TextMeasure) {
        self.panel = panel.grown(by: -2)
        self.font = font
        self.measure = measure
        var solids: [Rect] = []
        var segments: [(Point, Point)] = []
        for shape in shapes {
            if case .line(let points, _) = shape {
                segments += zip(points, points.dropFirst())
            } else if let bounds = shape.bounds {
                solids.append(bounds)
            }
        }
        self.solids = solids
        self.segments = segments
    }

    /// A place for each request, nil for those left out.
    func place(_ requests: [LabelRequest]) -> [PlacedLabel?] {
        let contacts = requests.map(contacts)
        let candidates = requests.indices.map { index in
            let others = contacts.indices.filter { $0 != index }
            let surroundings = Surroundings(
                own: contacts[index], others: others.flatMap { contacts[$0] },
                points: others.map { requests[$0].anchor })
            return places(for: requests[index], amid: surroundings)
        }
        let byFreedom = requests.indices.sorted { (candidates[$0].count, $0) < (candidates[$1].count, $1) }
        let fromLeft = requests.indices.sorted { (requests[$0].anchor.x, $0) < (requests[$1].anchor.x, $1) }
        let fromTop = requests.indices.sorted { (requests[$0].anchor.y, $0) < (requests[$1].anchor.y, $1) }
        var best: [PlacedLabel?] = []
        var lowest = Double.infinity
        for order in [byFreedom, fromLeft, fromLeft.reversed(), fromTop, fromTop.reversed()] {
            let chosen = settled(candidates, order)
            let cost = totalCost(chosen)
            if cost < lowest { (best, lowest) = (chosen, cost) }
        }
        return withoutCollisions(best)
    }

    /// Labels choose in turn until none wants to move.
    private func settled(_ candidates: [[PlacedLabel]], _ order: [Int]) -> [PlacedLabel?] {
        var chosen = [PlacedLabel?](repeating: nil, count: candidates.count)
        for _ in 0..<Self.rounds {
            var isSettled = true
            for index in order {
                let others = chosen.indices.filter { $0 != index }.compactMap { chosen[$0] }
                guard let best = cheapest(candidates[index], beside: others) else { continue }
                if best != chosen[index] { isSettled = false }
                chosen[index] = best
            }
            if isSettled { break }
        }
        return chosen
    }

    private func totalCost(_ labels: [PlacedLabel?]) -> Double {
        let placed = labels.compactMap { $0 }
        var cost = placed.reduce(0) { $0 + $1.cost }
        for (index, label) in placed.enumerated() {
            for other in placed[..<index] { cost += conflict(label, other) }
        }
        return cost
    }

    /// Everywhere inside the panel where the label covers nothing solid, priced by what lines it crosses there and by
    /// its distance.
    private func places(for request: LabelRequest, amid surroundings: Surroundings) -> [PlacedLabel] {
        let extent = measure.extent(of: request.text, in: font)
        return Self.distances.flatMap { distance in
            (0..<Self.directions).compactMap { direction in
                let angle = 2 * Double.pi * Double(direction) / Double(Self.directions)
                let box = request.box(extent, angle: angle, distance: distance)
                guard panel.contains(box) else { return nil }
                // Right of the point reads best, then left, then above and below.
                let taste = 1 - cos(2 * angle) + (cos(angle) < -0.1 ? 0.6 : 0)
                var label = PlacedLabel(
                    request: request, box: box, leader: nil, cost: Cost.perPoint * distance + 0.5 * taste)
                lead(&label, distance, amid: surroundings)
                guard !coversSolid(label) else { return nil }
                label.cost += lineCost(of: label)
                return label
            }
        }
    }

    /// Gives a label its leader when it stands away from its point, or nearer to another's; none when the error bar of
    /// its point leads to it already.
    private func lead(_ label: inout PlacedLabel, _ distance: Double, amid surroundings: Surroundings) {
        let ownDistance = surroundings.ownDistance(of: label.box)
        let isAmbiguous = surroundings.areAmbiguous(for: label.box)
        if isAmbiguous { label.cost += Cost.ambiguous }
        guard isAmbiguous || distance >= Self.leaderFrom else { return }
        let leader = label.request.leader(to: label.box)
        let isAlongBar = segments.contains { leader.runsAlong($0.0, $0.1) }
        if isAlongBar && ownDistance < Self.leaderFrom && !isAmbiguous {
            label.cost += Cost.atBarEnd
        } else {
            label.leader = leader
            if isAlongBar { label.cost += Cost.hiddenLeader }
        }
    }

    /// Where a point is seen: its own place and the ends of its error bars.
    private func contacts(of request: LabelRequest) -> [Point] {
        let anchor = request.anchor
        let bars = segments.filter { a, b in
            (a.x == b.x && abs(a.x - anchor.x) < 0.01) || (a.y == b.y && abs(a.y - anchor.y) < 0.01)
        }
        return [anchor] + bars.flatMap { [$0.0, $0.1] }
    }

    /// Whether the label lies on a point or bar, or its leader runs through another one than its own.
    private func coversSolid(_ label: PlacedLabel) -> Bool {
        let room = label.box.grown(by: 1.5)
        return solids.contains { solid in
            if solid.overlaps(room) { return true }
            guard let leader = label.leader, !solid.contains(label.request.anchor) else { return false }
            return solid.isCrossed(from: leader.from, to: leader.to)
        }
    }

    private func lineCost(of label: PlacedLabel) -> Double {
        let room = label.box.grown(by: 1.5)
        var cost = 0.0
        for (a, b) in segments {
            if room.isCrossed(from: a, to: b) { cost += Cost.crossedLine }
            if let leader = label.leader, leader.crosses(Leader(from: a, to: b)) { cost += Cost.lineUnderLeader }
        }
        return cost
    }

    private func cheapest(_ candidates: [PlacedLabel], beside others: [PlacedLabel]) -> PlacedLabel? {
        var best: PlacedLabel?
        var lowest = Double.infinity
        for candidate in candidates where candidate.cost < lowest {
            var cost = candidate.cost
            for other in others where cost < lowest { cost += conflict(candidate, other) }
            if cost < lowest { (best, lowest) = (candidate, cost) }
        }
        return best
    }

    /// What two labels cost each other: overlapping texts, a leader through a text, leaders that cross.
    private func conflict(_ first: PlacedLabel, _ second: PlacedLabel) -> Double {
        var cost = first.box.grown(by: 1.5).overlaps(second.box) ? Cost.covered : 0
        if let leader = first.leader, second.box.isCrossed(from: leader.from, to: leader.to) { cost += Cost.covered }
        if let leader = second.leader, first.box.isCrossed(from: leader.from, to: leader.to) { cost += Cost.covered }
        if let a = first.leader, let b = second.leader, a.crosses(b) { cost += Cost.crossedLeader }
        return cost
    }

    /// Leaves out what still covers something, later labels first, so that what is shown can be read.
    private func withoutCollisions(_ labels: [PlacedLabel?]) -> [PlacedLabel?] {
        var kept: [PlacedLabel] = []
        return labels.map { label in
            guard let label, kept.allSatisfy({ conflict(label, $0) < Cost.covered }) else { return nil }
            kept.append(label)
            return label
        }
    }
}

/// What a reader may take a label to belong to.
private struct Surroundings {
    /// The label's own point and the ends of its error bars.
    var own: [Point]
    /// The same of all other points.
    var others: [Point]
    /// The other points alone: close to a point itself, a label is read as its name even more readily.
    var points: [Point]

    func ownDistance(of box: Rect) -> Double { own.map { box.distance(to: $0) }.min() ?? 0 }

    func areAmbiguous(for box: Rect) -> Bool {
        let limit = ownDistance(of: box)
        return others.contains { box.distance(to: $0) < limit + 2 }
            || points.contains { box.distance(to: $0) < limit + 6 }
    }
}
