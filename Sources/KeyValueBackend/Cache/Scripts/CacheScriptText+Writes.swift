extension CacheScriptText {
    private static let done = "return 1"

    /// Invalidates keys.
    ///
    /// An entry without a floor goes unread, and the epoch does not matter.
    static let invalidate =
        records + barriers
            + #"""
            local function isBare(head)
              return type(head) ~= 'string' or string.sub(head, 1, 1) == 'E'
                and string.sub(head, 123) == string.rep('0', 14)
            end

            for i = 3, #KEYS do
              local head = redis.pcall('GETRANGE', KEYS[i], 0, 135)
              if isBare(head) then
                redis.call('UNLINK', KEYS[i])
              elseif head ~= '' then
                local old = load(KEYS[i])
                store(KEYS[i], old, invalidate(read(old)))
              end
            end
            tell()
            return 1
            """#

    /// Sets barriers.
    ///
    /// For each key: a token.
    static let beginWrites = text(
        #"""
        local function beginWrite(r, token, stop)
          local floor, barrier = floorOf(r), nil
          if isWriting(r) then
            barrier = copy(r)
            barrier.contended, barrier.writers = '1', {}
            for _, writer in ipairs(r.writers) do
              if now < writer.stop then barrier.writers[#barrier.writers + 1] = writer end
            end
          else
            barrier = {
              kind = 'B', token = NO_TOKEN, generation = generation, clearings = clearings,
              loadEnd = 0, contended = '0', writers = {}}
          end
          barrier.writers[#barrier.writers + 1] = {token = token, stop = stop}
          barrier.version, barrier.stop = floor.version, floor.stop
          return barrier
        end
        """#,
        parts: 1, step: "local next, answer = beginWrite(r, ARGV[at], after(ARGV[5])), 1",
        end: done)

    /// Ends barriers.
    ///
    /// For each key: a token, and a deposit.
    static let endWrites = text(
        #"""
        local function holds(r, token)
          if not r or r.kind ~= 'B' then return false end
          for _, writer in ipairs(r.writers) do
            if writer.token == token then return now < writer.stop end
          end
          return false
        end

        local function endWrite(r, token, deposit)
          if not holds(r, token) then return invalidate(r) end
          local writers = {}
          for _, writer in ipairs(r.writers) do
            if writer.token ~= token and now < writer.stop then
              writers[#writers + 1] = writer
            end
          end
          if #writers > 0 then
            local barrier = copy(r)
            barrier.contended, barrier.writers = '1', writers
            return barrier
          end
          local floor = floorOf(r)
          if r.contended == '1' or not deposit then return alive(floor) end
          local e = deposited(deposit, r, floor, alive(floor))
          return e
        end
        """#,
        parts: 5, step: "local next, answer = endWrite(r, ARGV[at], deposit(at + 1)), 1",
        end: done)

    /// Records writes.
    ///
    /// For each key: a version, and a deposit.
    static let recordWrites = text(
        #"""
        local function raised(floor, other)
          if now >= other.stop then
            if now >= floor.stop then return NO_FLOOR end
            return floor
          end
          return {
            version = newer(floor.version, other.version),
            stop = math.max(floor.stop, other.stop)}
        end

        local function succeeded(r, floor, deposit)
          if r.version == NO_VERSION then return nil end
          if not older(r.version, floor.version) then
            return standing(withoutRefresh(r), floor)
          end
          if not deposit then return nil end
          return entry(deposit, floor.version, r.generation, r.clearings, floor)
        end

        local function recordWrite(r, version, deposit)
          local floor = {version = version, stop = after(ARGV[5])}
          if isWriting(r) then
            local barrier = copy(r)
            floor = raised(floor, floorOf(r))
            barrier.contended, barrier.version, barrier.stop = '1', floor.version, floor.stop
            return barrier
          end
          if not counts(r) then return alive(raised(floor, floorOf(r))) end
          floor.stop = math.max(floor.stop, r.floorStop)
          local next = succeeded(r, floor, deposit)
          if next then return next end
          if r.version ~= NO_VERSION then floor.version = newer(version, r.version) end
          return alive(floor)
        end
        """#,
        parts: 5, step: "local next, answer = recordWrite(r, ARGV[at], deposit(at + 1)), 1",
        end: done)

    /// Deletes entries of generations that are over; says 1 for each.
    static let removeOutdated = text(
        #"""
        local function rest(r)
          if not r or r.kind ~= 'E' or r.generation == generation then return r, 0 end
          return alive(floorOf(r)), 1
        end
        """#,
        parts: 0, step: "local next, answer = rest(r)")

    /// Counts a clearing and notes it for tags.
    ///
    /// `ARGV[6]`: how many tags are remembered at the
    /// most. From `ARGV[7]` on: the tags.
    static let invalidateTags =
        records + barriers + steps
            + #"""
            local function note()
              if clearings >= 999999999999 then return false end
              local known = redis.pcall('HGET', KEYS[2], 'g')
              if known ~= generation then
                if clearings ~= 0 then return false end
                redis.call('UNLINK', KEYS[2])
                redis.call('HSET', KEYS[2], 'g', generation)
              end
              clearings = clearings + 1
              local text = digits(clearings, 1)
              for i = 7, #ARGV do redis.call('HSET', KEYS[2], 't' .. ARGV[i], text) end
              if redis.call('HLEN', KEYS[2]) > tonumber(ARGV[6]) + 1 then return false end
              redis.call('SET', KEYS[1], 'G1' .. generation .. digits(clearings, 12))
              return true
            end

            if not note() then
              begin()
              redis.call('UNLINK', KEYS[2])
            end
            tell()
            return 1
            """#
}
