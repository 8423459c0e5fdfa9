require 'bigdecimal'
require 'json'
require 'net/http'
require 'openssl'
require 'sinatra'
require 'sqlite3'

SECRET = ENV.fetch('INQUD_HOOK_SECRET')
API_URL = ENV.fetch('INQUD_API_URL', 'https://api.inqud.com')
RECOVER_EVERY_SECONDS = ENV.fetch('RECOVER_EVERY_SECONDS', '300').to_f

# A higher rank is later in a life. Final statuses share the highest: none replaces another.
FINAL = 9
RANKS = {
  'NEW' => 0, 'WAITING_PAYMENT' => 0, 'PENDING' => 1, 'REQUEST_CREATED' => 1,
  'FROZEN' => 2, 'PAYMENT_DETECTED' => 2, 'PENDING_PAYMENT' => 2,
  'SUCCESS' => FINAL, 'PARTIAL_SUCCESS' => FINAL, 'CONFLICT' => FINAL,
  'FAILED' => FINAL, 'CANCELLED' => FINAL, 'EXPIRED' => FINAL
}.freeze
PAID = %w[SUCCESS PARTIAL_SUCCESS].freeze

UPSERT = <<~SQL
  INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
  SET status = excluded.status, rank = excluded.rank, credited = excluded.credited
  WHERE excluded.rank > payments.rank
SQL

def connect
  db = SQLite3::Database.new(ENV.fetch('DATABASE', 'shop.db'), results_as_hash: true)
  # Not busy_timeout: it waits without letting the thread run that holds the lock.
  db.busy_handler { |tries| sleep(0.005) && tries < 1800 }
  yield db
ensure
  db&.close
end

connect do |db|
  db.execute_batch <<~SQL
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS events (id TEXT, status TEXT, PRIMARY KEY (id, status));
    CREATE TABLE IF NOT EXISTS payments (
      id TEXT PRIMARY KEY, order_id TEXT, status TEXT, rank INTEGER, credited TEXT, api_path TEXT
    );
    CREATE INDEX IF NOT EXISTS payments_of_order ON payments (order_id);
  SQL
end

set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT', '4000').to_i

post '/webhooks/inqud' do
  body = request.body.read # the bytes as they came
  expected = OpenSSL::HMAC.hexdigest('SHA1', SECRET, body)
  given = request.env.fetch('HTTP_X_PAYLOAD_DIGEST', '')
  halt 401 unless Rack::Utils.secure_compare(expected, given)
  record(JSON.parse(body, decimal_class: BigDecimal))
  200
end

get '/orders/:order' do
  sql = 'SELECT id, status, credited FROM payments WHERE order_id = ? ORDER BY id'
  rows = connect { |db| db.execute(sql, [params['order']]) }
  total = rows.sum(BigDecimal('0')) { |row| BigDecimal(row['credited'] || '0') }
  content_type :json
  { order: params['order'], credited: total.to_s('F'), payments: rows }.to_json
end

def record(event)
  id, status = event.values_at('id', 'status')
  return if id.nil? || !RANKS.key?(status) # not known yet: it changes nothing

  order = event['clientOrderId'] || event['referenceId'] || id
  credited = amount_of(event) if PAID.include?(status)
  connect do |db|
    db.transaction(:immediate) do
      db.execute('INSERT OR IGNORE INTO events VALUES (?, ?)', [id, status])
      next if db.changes.zero? # a duplicate

      db.execute(UPSERT, [id, order, status, RANKS[status], credited, api_path_of(id, event)])
    end
  end
end

def amount_of(event)
  amount = event['amount'] || event.dig('fixedAmount', 'amount') || event['requestAmount']
  amount.is_a?(BigDecimal) ? amount.to_s('F') : amount&.to_s
end

def api_path_of(id, event)
  case id[/\A[A-Z]+/]
  when 'CCO' then "/v1/user/crypto-acquiring/#{event['projectId']}/checkouts/#{id}"
  when 'CAPD' then "/v1/user/crypto-acquiring/requests/#{id}"
  when 'PMT' then "/v1/user/payments/#{id}"
  end
end

# Asks for what is not final yet: a web hook is lost for good after its last retry.
def recover
  sql = 'SELECT api_path FROM payments WHERE rank < ? AND api_path IS NOT NULL'
  connect { |db| db.execute(sql, [FINAL]) }.each { |row| ask(URI(API_URL + row['api_path'])) }
rescue StandardError => e # a thread that an error ends asks for nothing more
  warn e.message
end

def ask(uri)
  question = Net::HTTP::Get.new(uri)
  question['X-Token-API-Id'] = ENV['INQUD_API_TOKEN_ID']
  question['X-Token-API-Secret'] = ENV['INQUD_API_TOKEN_SECRET']
  limits = { open_timeout: 10, read_timeout: 10, use_ssl: uri.scheme == 'https' }
  answer = Net::HTTP.start(uri.host, uri.port, limits) { |api| api.request(question) }
  record(JSON.parse(answer.body, decimal_class: BigDecimal)) if answer.is_a?(Net::HTTPOK)
rescue StandardError => e # the others are asked for all the same
  warn e.message
end

Thread.new { loop { sleep RECOVER_EVERY_SECONDS; recover } }
