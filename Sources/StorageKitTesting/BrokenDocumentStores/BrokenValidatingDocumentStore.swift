public import StorageKit

/// A store of validations with a defect, over a sound one.
public final class BrokenValidatingDocumentStore<Base: ValidatingDocumentStore>: DocumentWrapper,
    ValidatingDocumentStore
{
    /// The sound one.
    public let base: Base
    private let defect: DocumentValidationDefect

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentValidationDefect) {
        self.base = base
        self.defect = defect
    }

    /// What a collection's documents have to look like, with the defect.
    public func validation(
        of collection: String
    ) async throws(StorageError) -> DocumentValidation? {
        guard var validation = try await base.validation(of: collection) else { return nil }
        if defect == .readsFieldsAlone {
            let fields = validation.schema.fields
            validation.schema = .any
            validation.schema.fields = fields
        }
        return validation
    }

    /// Sets what a collection's documents have to look like, with the defect.
    public func setValidation(
        _ validation: DocumentValidation?, of collection: String
    ) async throws(StorageError) {
        var changed = validation
        switch defect {
        case .includesBounds, .ignoresItems, .requiresNothing:
            if let schema = validation?.schema { changed?.schema = defect.changed(schema) }
        case .forgetsModeration: changed?.level = .strict
        case .looksAtWhatIsThere:
            guard try await base.count(.all, in: collection) == 0 else {
                throw StorageError(code: .constraintViolation, message: "broken")
            }
        default: break
        }
        do throws(StorageError) {
            try await base.setValidation(changed, of: collection)
        } catch {
            guard defect == .acceptsEverySchema, error.code == .invalidArgument else { throw error }
        }
    }

    /// Carries out writes, with the defect.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        var result = try await base.write(writes, to: collection, isOrdered: isOrdered)
        let isSwallowed =
            defect == .swallowsBrokenWrites && writes.count == 1
            || defect == .swallowsBrokenItems && writes.count > 1
        if isSwallowed {
            result.errors = result.errors.filter { $1.code != .constraintViolation }
        }
        return result
    }
}

extension DocumentValidationDefect {
    /// What becomes of a schema on its way to the store.
    fileprivate func changed(_ schema: DocumentSchema) -> DocumentSchema {
        var schema = schema
        switch self {
        case .includesBounds:
            schema.minimum?.isIncluded = true
            schema.maximum?.isIncluded = true
        case .ignoresItems: schema.items = nil
        case .requiresNothing:
            schema.fields = schema.fields.map { .optional($0.name, $0.schema) }
        default: break
        }
        for place in schema.fields.indices {
            schema.fields[place].schema = changed(schema.fields[place].schema)
        }
        return schema
    }
}
