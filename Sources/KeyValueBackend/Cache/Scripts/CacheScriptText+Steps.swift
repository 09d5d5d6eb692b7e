extension CacheScriptText {
    /// Floors, barriers, and the one transition that needs no epoch.
    static let barriers = #"""
        local NO_FLOOR = {version = NO_VERSION, stop = 0}

        local function floorOf(r)
          local stop = r and (r.floorStop or r.stop) or 0
          if now < stop then return {version = r.version, stop = stop} end
          return NO_FLOOR
        end

        local function alive(floor)
          if now >= floor.stop then return nil end
          return {
            kind = 'F', token = NO_TOKEN, generation = NO_TOKEN, clearings = 0, loadEnd = 0,
            version = floor.version, stop = floor.stop}
        end

        local function isWriting(r) return r and r.kind == 'B' and now < r.lastEnd end

        local function invalidate(r)
          if not isWriting(r) then return alive(floorOf(r)) end
          local barrier = copy(r)
          barrier.contended = '1'
          return barrier
        end

        """#

    /// The epoch, what counts in it, and what the transitions have in common.
    static let steps = #"""
        local generation, clearings

        local function begin()
          generation, clearings = ARGV[2], 0
          redis.call('SET', KEYS[1], 'G1' .. generation .. digits(0, 12))
        end

        do
          local s, count = redis.pcall('GET', KEYS[1]), nil
          if type(s) == 'string' then generation, count = string.match(s, EPOCH) end
          if generation and generation ~= NO_TOKEN then
            clearings = tonumber(count)
          else
            begin()
          end
        end

        local function cleared(tags)
          local names = {'g'}
          for i, tag in ipairs(tags) do names[i + 1] = 't' .. tag end
          local values = redis.pcall('HMGET', KEYS[2], unpack(names))
          if values.err or values[1] ~= generation then return nil end
          return values
        end

        -- A generation whose tags were lost begins anew, and then nothing counts.
        local function counts(r)
          if not r or r.kind ~= 'E' or r.generation ~= generation or now >= r.stop then
            return false
          end
          if #r.tags == 0 or r.clearings >= clearings then return true end
          local last = cleared(r.tags)
          if not last then
            begin()
            return false
          end
          for i = 1, #r.tags do
            if last[i + 1] and tonumber(last[i + 1]) > r.clearings then return false end
          end
          return true
        end

        local function withoutRefresh(r)
          if r.token == NO_TOKEN then return r end
          local other = copy(r)
          other.token, other.loadEnd = NO_TOKEN, 0
          return other
        end

        local function confirmed(r)
          if r.token ~= NO_TOKEN or r.clearings >= clearings then return r end
          local other = copy(r)
          other.generation, other.clearings = generation, clearings
          return other
        end

        -- A deposit: version, time to live, time of freshness, and the bytes from the tags on.
        local function deposit(i)
          if ARGV[i] == '' then return nil end
          return {
            version = ARGV[i], timeToLive = ARGV[i + 1], freshFor = ARGV[i + 2],
            rest = ARGV[i + 3]}
        end

        local function standing(e, floor)
          if now >= floor.stop then return e end
          if older(e.version, floor.version) or floor.stop > e.stop then return nil end
          if floor.stop == e.floorStop then return e end
          local other = copy(e)
          other.floorStop = floor.stop
          return other
        end

        local function entry(deposit, version, gen, count, floor)
          local stop, fresh = FOREVER, FOREVER
          if deposit.timeToLive ~= '' then stop = after(deposit.timeToLive) end
          if deposit.freshFor ~= '' then fresh = math.max(now, after(deposit.freshFor)) end
          if now >= stop then return nil end
          local e = {
            kind = 'E', token = NO_TOKEN, generation = gen, clearings = count, loadEnd = 0,
            version = version, stop = stop, fresh = fresh, stored = now, floorStop = 0,
            rest = deposit.rest}
          return standing(e, floor)
        end

        local function deposited(deposit, r, floor, rest)
          if r.generation ~= generation then return rest, 0 end
          local e = entry(deposit, deposit.version, r.generation, r.clearings, floor)
          if not e then return rest, 0 end
          local hasTags = string.sub(e.rest, 1, 2) ~= '00'
          return e, hasTags and r.clearings < clearings and 0 or 1
        end

        local NOTHING, LEASED, LOADING, WRITING = 0, 1, 2, 3

        local function lookUp(r, token, stop)
          if r and r.kind == 'E' then
            if counts(r) then return confirmed(r), r.raw end
          elseif isWriting(r) then
            return r, WRITING
          elseif r and r.kind == 'L' and now < r.loadEnd and r.generation == generation then
            return r, LOADING
          end
          if not token then return r, NOTHING end
          local floor = floorOf(r)
          return {
            kind = 'L', token = token, generation = generation, clearings = clearings,
            loadEnd = stop, version = floor.version, stop = floor.stop}, LEASED
        end

        """#

    /// Does a step on each key; `parts` is how many arguments each has.
    private static func loop(parts: Int, step: String, end: String = "return answers") -> String {
        """
        local answers = {}
        for i = 3, #KEYS do
          local old = load(KEYS[i])
          local r = read(old)
          local at = 7 + (i - 3) * \(parts)
          \(step)
          store(KEYS[i], old, next)
          answers[i - 2] = answer
        end
        tell()
        \(end)
        """
    }

    /// A script that does a step on each key.
    static func text(
        _ function: String = "", parts: Int, step: String, end: String = "return answers"
    ) -> String {
        records + barriers + steps + function + "\n" + loop(parts: parts, step: step, end: end)
    }
}
