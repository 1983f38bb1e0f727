// Uses of names: which variable, global or builtin a name means, what may be assigned, what an imported file has, and
// the columns of formulas.

extension Resolver {
    // MARK: Uses

    func resolveUse(_ name: Name, isAssigned: Bool = false) {
        guard !name.text.isEmpty else { return }
        if columns != nil, function.find(name.text) == nil { return resolveColumn(name) }
        if let variable = findVariable(name.text) { return use(variable, name, isAssigned: isAssigned) }
        if let global = visibleGlobal(name.text) {
            places[name.id] = .global(global)
            if isAssigned { assignedGlobals.insert(name.text) } else { readGlobals.insert(name.text) }
        } else if let index = builtins.names[name.text] {
            places[name.id] = .builtin(index)
        } else {
            reportUnknown(name, isAssigned: isAssigned)
        }
    }

    private func findVariable(_ name: String) -> Variable? {
        var scope: FunctionScope? = function
        while let current = scope {
            if let variable = current.find(name), current !== function || !isUndeclared(variable) { return variable }
            scope = current.parent
        }
        return nil
    }

    private func isUndeclared(_ variable: Variable) -> Bool { undeclared.contains(ObjectIdentifier(variable)) }

    private func use(_ variable: Variable, _ name: Name, isAssigned: Bool = false) {
        if isAssigned { variable.isAssigned = true } else { variable.isRead = true }
        uses.append((name.id, variable, function))
        if variable.owner !== function {
            if isUndeclared(variable) { variable.isCapturedEarly = true }
            var scope: FunctionScope? = function
            while let current = scope, current !== variable.owner {
                current.capture(variable)
                scope = current.parent
            }
        }
        declarations[name.id] = variable
    }

    /// The index of a global that code here may use.
    private func visibleGlobal(_ name: String) -> Int? {
        if declaredGlobals.contains(name) { return module.globals[name]?.index }
        guard isInFunction, let range = laterGlobals[name] else { return nil }
        return module.globals[name]?.index
            ?? module.declare(name, .let, at: Place(source: tree.source, range: range)).index
    }

    private func reportUnknown(_ name: Name, isAssigned: Bool) {
        if let range = laterGlobals[name.text], !declaredGlobals.contains(name.text) {
            let later = Place(source: tree.source, range: range)
            return report({ NameMessages.usedBeforeDefinition($0, name.text, later: later) }, at: name.range)
        }
        report(
            { place in
                let nearest = self.nearest(name.text)
                return isAssigned
                    ? NameMessages.assignedUnknown(place, name.text, nearest: nearest)
                    : NameMessages.unknownName(place, name.text, nearest: nearest)
            }, at: name.range)
    }

    private func nearest(_ name: String) -> String? {
        var known = Set(builtins.names.keys).union(declaredGlobals).union(TokenKind.keywords.map(\.rawValue))
        var scope: FunctionScope? = function
        while let current = scope {
            known.formUnion(current.names)
            scope = current.parent
        }
        return NearestName.find(name, among: known.sorted())
    }

    // MARK: Assignments

    func resolveTarget(_ target: Expression) {
        switch target.kind {
        case .name(let name):
            resolveUse(name, isAssigned: true)
            checkAssignable(name)
        case .index(let base, let index):
            resolveTarget(base)
            resolve(index)
        case .field(let base, _): resolveTarget(base)
        default: break
        }
    }

    private func checkAssignable(_ name: Name) {
        switch places[name.id] {
        case .global:
            guard let global = module.globals[name.text], !global.isAssignable, declaredGlobals.contains(name.text)
            else { return }
            reportConstant(name, global.kind, Place(source: global.source, range: global.range))
        case .builtin:
            report({ NameMessages.assignedBuiltin($0, name.text) }, at: name.range)
        default:
            guard let variable = declarations[name.id], !variable.isAssignable else { return }
            reportConstant(name, variable.kind, Place(source: tree.source, range: variable.range))
        }
    }

    private func reportConstant(_ name: Name, _ kind: Variable.Kind, _ declaration: Place) {
        report({ NameMessages.assignedConstant($0, name.text, kind, declaration: declaration) }, at: name.range)
    }

    // MARK: Imports and formulas

    func checkImportedField(_ base: Expression, _ field: Name) {
        guard case .name(let name) = base.kind, !field.text.isEmpty else { return }
        let imported: Module?
        if case .global = places[name.id] {
            imported = module.globals[name.text]?.module
        } else {
            imported = declarations[name.id]?.module
        }
        guard let imported, imported.globals[field.text] == nil else { return }
        let nearest = NearestName.find(field.text, among: imported.names)
        report({ NameMessages.unknownImportedName($0, field.text, of: name.text, nearest: nearest) }, at: field.range)
    }

    /// Cuts a side at its outermost `+`, the right one also at `- 1`, and resolves each term as a function of its
    /// columns.
    func resolveTerms(_ side: Expression, isRight: Bool = false) -> [FormulaLayout.Term] {
        if case .binary(.add, _, let left, let right) = side.kind {
            return resolveTerms(left, isRight: isRight) + resolveTerms(right, isRight: isRight)
        }
        if isRight, let rest = side.withoutIntercept, case .binary(_, _, _, let one) = side.kind {
            var terms = resolveTerms(rest, isRight: true) + resolveTerms(one)
            terms[terms.count - 1].isSubtracted = true
            return terms
        }
        let scope = FunctionScope(parent: function)
        var found: [String] = []
        inScope(scope) {
            let slot = scope.enterBlock()
            columns = []
            resolve(side)
            found = columns ?? []
            scope.leaveBlock(slot)
        }
        return [FormulaLayout.Term(expression: side, columns: found, scope: scope)]
    }

    /// The first use of a column declares it as the term's next parameter.
    private func resolveColumn(_ name: Name) {
        columns?.append(name.text)
        use(function.declare(name.text, .parameter, name.range), name)
    }
}
