/// The texts of a shared cache's scripts: what ``StorageKit/SharedCacheRecord`` says, in Lua.
///
/// Every script is the common part, in this file, and one transition. They are tested against the
/// Swift functions step by step, answers and stored bytes, on random programs: whoever changes one
/// side changes the other.
///
/// ## What a script is given
///
/// | | |
/// |---|---|
/// | `KEYS[1]`, `KEYS[2]` | the generation and the tags |
/// | `KEYS[3]` … | the records |
/// | `ARGV[1]` | the time, for tests; empty for the server's |
/// | `ARGV[2]` | the token of a generation, should one have to begin |
/// | `ARGV[3]`, `ARGV[4]` | the channel, and what is told on it at the end; empty for nothing |
/// | `ARGV[5]` | a duration in milliseconds |
/// | `ARGV[6]` | something else that concerns all keys |
/// | `ARGV[7]` … | what concerns each key |
///
/// ## Lua
///
/// Its numbers are doubles: exact for times and clearings, not for versions and tokens, which stay
/// texts. Its `<` compares texts by the server's locale (`strcoll`), so versions are compared in
/// two halves, and names of tags byte by byte. Writing after `TIME` is allowed since Redis 5, which
/// replicates what a script did and not the script.
enum CacheScriptText {
    /// Reading and writing records.
    static let records = #"""
        local NO_TOKEN, NO_VERSION = string.rep('0', 16), string.rep('0', 20)
        local FOREVER = 99999999999999
        local HEX, DIGIT = '[0-9a-f]', '[0-9]'
        local HEAD = '^([LEBF])2(' .. string.rep(HEX, 16) .. ')(' .. string.rep(HEX, 16) .. ')('
          .. string.rep(DIGIT, 12) .. ')(' .. string.rep(DIGIT, 14) .. ')('
          .. string.rep(DIGIT, 20) .. ')(' .. string.rep(DIGIT, 14) .. ')'
        local MORE = '^(' .. string.rep(DIGIT, 14) .. ')(' .. string.rep(DIGIT, 14) .. ')('
          .. string.rep(DIGIT, 14) .. ')(' .. string.rep(DIGIT, 2) .. ')'
        local WRITER = '^(' .. string.rep(HEX, 16) .. ')(' .. string.rep(DIGIT, 14) .. ')'
        local EPOCH = '^G1(' .. string.rep(HEX, 16) .. ')(' .. string.rep(DIGIT, 12) .. ')$'

        local now = tonumber(ARGV[1])
        if not now then
          local time = redis.call('TIME')
          now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
        end

        local function after(milliseconds)
          return math.min(math.max(now + tonumber(milliseconds), 0), FOREVER)
        end

        local function digits(number, count)
          return string.format('%0' .. count .. '.0f', number)
        end

        local function older(left, right)
          local a, b = tonumber(string.sub(left, 1, 10)), tonumber(string.sub(right, 1, 10))
          if a ~= b then return a < b end
          return tonumber(string.sub(left, 11)) < tonumber(string.sub(right, 11))
        end

        local function newer(left, right)
          if older(left, right) then return right end
          return left
        end

        local function precedes(left, right)
          for i = 1, math.min(#left, #right) do
            local a, b = string.byte(left, i), string.byte(right, i)
            if a ~= b then return a < b end
          end
          return #left < #right
        end

        local function isText(s)
          local i = 1
          while i <= #s do
            local a, b = string.byte(s, i, i + 1)
            local more, low, high = 0, 0x80, 0xBF
            if a >= 0xF5 or (a >= 0x80 and a < 0xC2) then return false end
            if a >= 0xF0 then
              more = 3
              if a == 0xF0 then low = 0x90 elseif a == 0xF4 then high = 0x8F end
            elseif a >= 0xE0 then
              more = 2
              if a == 0xE0 then low = 0xA0 elseif a == 0xED then high = 0x9F end
            elseif a >= 0xC2 then
              more = 1
            end
            if more > 0 and not (b and b >= low and b <= high) then return false end
            for j = 2, more do
              local c = string.byte(s, i + j)
              if not (c and c >= 0x80 and c <= 0xBF) then return false end
            end
            i = i + 1 + more
          end
          return true
        end

        local function readTags(s, count)
          local tags, place = {}, 139
          for i = 1, count do
            local length = string.match(s, '^' .. string.rep(DIGIT, 4), place)
            if not length then return nil end
            local name = string.sub(s, place + 4, place + 3 + tonumber(length))
            if #name < tonumber(length) or not isText(name) then return nil end
            if i > 1 and not precedes(tags[i - 1], name) then return nil end
            tags[i] = name
            place = place + 4 + #name
          end
          return tags
        end

        local function readEntry(r, s)
          if r.generation == NO_TOKEN then return nil end
          if r.token == NO_TOKEN and r.loadEnd ~= 0 then return nil end
          local fresh, stored, floorStop, count = string.match(s, MORE, 95)
          if not fresh then return nil end
          r.floorStop = tonumber(floorStop)
          if r.version == NO_VERSION and r.floorStop ~= 0 then return nil end
          r.tags = readTags(s, tonumber(count))
          if not r.tags then return nil end
          r.fresh, r.stored, r.rest = tonumber(fresh), tonumber(stored), string.sub(s, 137)
          return r
        end

        local function readBarrier(r, s)
          local contended = string.match(s, '^[01]', 95)
          if not contended or #s == 95 or r.generation == NO_TOKEN then return nil end
          r.contended, r.writers, r.lastEnd = contended, {}, 0
          local place = 96
          while place <= #s do
            local token, stop = string.match(s, WRITER, place)
            if not token or token == NO_TOKEN then return nil end
            stop = tonumber(stop)
            r.writers[#r.writers + 1] = {token = token, stop = stop}
            r.lastEnd = math.max(r.lastEnd, stop)
            place = place + 30
          end
          return r
        end

        local function read(s)
          if type(s) ~= 'string' then return nil end
          local kind, token, generation, clearings, loadEnd, version, stop = string.match(s, HEAD)
          if not kind or older('18446744073709551615', version) then return nil end
          local r = {
            raw = s, kind = kind, token = token, generation = generation,
            clearings = tonumber(clearings), loadEnd = tonumber(loadEnd),
            version = version, stop = tonumber(stop)}
          if kind == 'E' then return readEntry(r, s) end
          local hasFloor = version ~= NO_VERSION
          if not hasFloor and r.stop ~= 0 then return nil end
          if kind == 'L' then
            if token == NO_TOKEN or generation == NO_TOKEN or #s ~= 94 then return nil end
            return r
          end
          if token ~= NO_TOKEN or r.loadEnd ~= 0 then return nil end
          if kind == 'B' then return readBarrier(r, s) end
          if not hasFloor or generation ~= NO_TOKEN or r.clearings ~= 0 or #s ~= 94 then
            return nil
          end
          return r
        end

        local function bytes(r)
          local s = r.kind .. '2' .. r.token .. r.generation .. digits(r.clearings, 12)
            .. digits(r.loadEnd, 14) .. r.version .. digits(r.stop, 14)
          if r.kind == 'E' then
            return s .. digits(r.fresh, 14) .. digits(r.stored, 14) .. digits(r.floorStop, 14)
              .. r.rest
          elseif r.kind == 'B' then
            local parts = {s, r.contended}
            for _, writer in ipairs(r.writers) do
              parts[#parts + 1] = writer.token .. digits(writer.stop, 14)
            end
            return table.concat(parts)
          end
          return s
        end

        local function copy(r)
          local other = {}
          for name, value in pairs(r) do other[name] = value end
          other.raw = nil
          return other
        end

        local function load(key) return redis.pcall('GET', key) end

        -- What was not changed is the table that was read: it is not written again.
        local function store(key, old, r)
          if r and r.raw then return end
          local stop = 0
          if r then
            stop = math.max(r.stop, r.kind == 'L' and r.loadEnd or 0)
            for _, writer in ipairs(r.writers or {}) do stop = math.max(stop, writer.stop) end
          end
          if stop <= now then
            if old then redis.call('UNLINK', key) end
          elseif stop == FOREVER then
            redis.call('SET', key, bytes(r))
          else
            redis.call('SET', key, bytes(r), 'PXAT', digits(stop, 1))
          end
        end

        local function tell()
          if ARGV[4] ~= '' then redis.call('PUBLISH', ARGV[3], ARGV[4]) end
        end

        """#
}
