public import StorageKit

extension MongoDatabase: ValidatingDocumentStore {
    /// What a collection's documents have to look like; `nil` for anything.
    ///
    /// It asks the primary: one round trip.
    public func validation(
        of collection: String
    ) async throws(StorageError) -> DocumentValidation? {
        let namespace = try namespace(collection)
        let command: Document = [
            "listCollections": 1, "filter": ["name": .string(namespace.collection)],
        ]
        let reply = try await core.run("validation") { [core] (session) throws(StorageError) in
            try session.read(command, core.timeLimit, in: namespace.database, nil)
        }
        guard case .document(let options)? = reply[path: "cursor.firstBatch.0.options"],
            case .document(let validator)? = options["validator"], !validator.isEmpty
        else { return nil }
        guard let validation = DocumentValidation(mongo: validator, options) else {
            throw StorageError(
                code: .unsupported,
                message: "the collection has a rule that this package does not know; see the "
                    + "collection's options",
                operation: "validation", store: core.name)
        }
        return validation
    }

    /// Sets what a collection's documents have to look like; `nil` for anything.
    public func setValidation(
        _ validation: DocumentValidation?, of collection: String
    ) async throws(StorageError) {
        let namespace = try namespace(collection)
        do throws(StorageError) { try validation?.schema.check() } catch {
            throw error.adding(operation: "setValidation", store: core.name)
        }
        do throws(StorageError) {
            return try await set("collMod", validation, namespace)
        } catch {
            guard error.code == .notFound else { throw error }
        }
        // A collection that is not there takes anything.
        guard validation != nil else { return }
        do throws(StorageError) {
            try await set("create", validation, namespace)
        } catch {
            guard error.code == .alreadyExists else { throw error }
            try await set("collMod", validation, namespace)
        }
    }

    private func set(
        _ command: String, _ validation: DocumentValidation?, _ namespace: MongoNamespace
    ) async throws(StorageError) {
        var document: Document = [command: .string(namespace.collection), "validator": [:]]
        if let validation {
            document["validator"] = ["$jsonSchema": .document(validation.schema.mongo)]
        }
        document["validationLevel"] = validation?.level == .moderate ? "moderate" : "strict"
        document["validationAction"] = "error"
        _ = try await core.run("setValidation", writes: true) {
            [document, writeOptions] (session) throws(StorageError) in
            try session.write(document, writeOptions, in: namespace.database)
        }
    }
}

extension DocumentValidation {
    /// Reads the options of a collection, or gives `nil` for rules that this value does not have.
    fileprivate init?(mongo validator: Document, _ options: Document) {
        guard validator.count == 1, case .document(let schema)? = validator["$jsonSchema"],
            let schema = DocumentSchema(mongo: schema),
            options["validationAction"] ?? "error" == "error"
        else { return nil }
        switch options["validationLevel"] ?? "strict" {
        case "strict": self.init(schema)
        case "moderate": self.init(schema, level: .moderate)
        default: return nil
        }
    }
}
