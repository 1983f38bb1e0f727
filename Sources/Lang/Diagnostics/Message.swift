// The shape that the three catalogues share. A message is one static member of its catalogue, sorted by name; the name
// is its id, by which tests and `catch e { e.kind }` know it. One sentence: what it takes, what it got; advice is
// help.

extension Diagnostic {
    /// Called by catalogue members only: the id is the name of the caller.
    static func message(
        _ text: String, at place: Place, severity: Severity = .error, notes: [Note] = [], help: String?...,
        member: String = #function
    ) -> Diagnostic {
        Diagnostic(
            String(member.prefix { $0 != "(" }), text, source: place.source, range: place.range, severity: severity,
            notes: notes, help: help.compactMap { $0 })
    }
}
