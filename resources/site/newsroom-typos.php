<?php
/**
 * Plugin Name: Newsroom typos
 * Description: Readers select a typo and press Ctrl+Enter; the newsroom reads the reports from this site's database.
 * Version: 1.0
 * Requires PHP: 7.4
 * License: MIT
 *
 * Put this file and typo.js into wp-content/plugins/newsroom-typos/ and activate it. Where a theme keeps the article
 * elsewhere than in <main>: add_filter('newsroom_typos_text', fn() => '.my-article');
 */

defined('ABSPATH') || exit;

/** Longest texts in characters, and how many reports one reader may send within so many seconds. */
const NEWSROOM_TYPOS_LENGTHS = ['before' => 60, 'selected' => 256, 'after' => 60, 'comment' => 250, 'page_url' => 1000];
const NEWSROOM_TYPOS_LIMITS = [300 => 5, 1800 => 15, 86400 => 30];

function newsroom_typos_table(): string {
    global $wpdb;
    return $wpdb->prefix . 'newsroom_typos';
}

register_activation_hook(__FILE__, function (): void {
    global $wpdb;
    $wpdb->query('CREATE TABLE IF NOT EXISTS ' . newsroom_typos_table() . " (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        post_id BIGINT UNSIGNED NOT NULL,
        page_url VARCHAR(1000) NOT NULL,
        before_text VARCHAR(60) NOT NULL,
        selected_text VARCHAR(256) NOT NULL,
        after_text VARCHAR(60) NOT NULL,
        comment VARCHAR(250) NOT NULL,
        reporter_hash CHAR(64) NOT NULL,
        status VARCHAR(10) NOT NULL DEFAULT 'new',
        created_gmt DATETIME NOT NULL,
        closed_gmt DATETIME NULL,
        KEY reporter (reporter_hash, created_gmt)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
});

add_action('wp_enqueue_scripts', function (): void {
    if (is_singular()) {
        wp_enqueue_script('newsroom-typos', plugins_url('typo.js', __FILE__), [], '1.0', true);
    }
});

add_filter('script_loader_tag', function (string $tag, string $handle): string {
    if ($handle !== 'newsroom-typos') {
        return $tag;
    }
    $own = sprintf(
        '<script data-endpoint="%s" data-article="%d" data-text="%s" ',
        esc_url(rest_url('newsroom/v1/typos')),
        get_queried_object_id(),
        esc_attr(apply_filters('newsroom_typos_text', 'main'))
    );
    return str_replace('<script ', $own, $tag);
}, 10, 2);

add_action('rest_api_init', function (): void {
    register_rest_route('newsroom/v1', '/typos', [
        'methods' => 'POST',
        'callback' => 'newsroom_typos_take',
        'permission_callback' => '__return_true',
    ]);
});

function newsroom_typos_refuse(int $code, string $russian, string $english): WP_REST_Response {
    $words = strncmp(get_locale(), 'ru', 2) === 0 ? $russian : $english;
    return new WP_REST_Response(['error' => $words], $code);
}

/** Only pages of this site may report: a browser says where a request comes from. */
function newsroom_typos_is_own(string $address): bool {
    $home = wp_parse_url(home_url());
    $other = wp_parse_url($address);
    return is_array($other) && ($other['host'] ?? '') === $home['host'] && ($other['port'] ?? 0) === ($home['port'] ?? 0);
}

function newsroom_typos_take(WP_REST_Request $request): WP_REST_Response {
    global $wpdb;
    $origin = (string) $request->get_header('origin');
    if ($origin === '' || !newsroom_typos_is_own($origin)) {
        return newsroom_typos_refuse(403, 'Сообщить можно только со страницы сайта.', 'Reports come from our own pages only.');
    }
    $fields = json_decode($request->get_body(), true);
    if (strlen($request->get_body()) > 8192 || !is_array($fields)) {
        return newsroom_typos_refuse(400, 'Сообщение не понято.', 'The report is not understood.');
    }
    $row = [];
    foreach (NEWSROOM_TYPOS_LENGTHS as $name => $longest) {
        $text = $fields[$name] ?? '';
        if (!is_string($text) || strpos($text, "\0") !== false || mb_strlen($text) > $longest) {
            return newsroom_typos_refuse(400, 'Сообщение слишком длинно или не понято.', 'The report is too long or not understood.');
        }
        $row[in_array($name, ['before', 'selected', 'after'], true) ? $name . '_text' : $name] = $text;
    }
    if (trim($row['selected_text']) === '' || !newsroom_typos_is_own($row['page_url'])) {
        return newsroom_typos_refuse(400, 'Выделите слова с ошибкой.', 'Select the wrong words.');
    }
    $row['post_id'] = (int) ($fields['article'] ?? 0);
    if (get_post_status($row['post_id']) !== 'publish') {
        return newsroom_typos_refuse(404, 'Этой статьи на сайте уже нет.', 'This article is no longer here.');
    }
    if (!empty($fields['website'])) {  // the trap that only programs fill in: thanked, and forgotten
        return new WP_REST_Response(['accepted' => true], 201);
    }
    // The address itself is not kept anywhere.
    $row['reporter_hash'] = hash_hmac('sha256', $_SERVER['REMOTE_ADDR'] ?? '', wp_salt('nonce'));
    $row['created_gmt'] = gmdate('Y-m-d H:i:s');
    $table = newsroom_typos_table();
    $same = "SELECT COUNT(*) FROM $table WHERE reporter_hash = %s AND created_gmt > %s AND post_id = %d "
        . 'AND BINARY selected_text = %s AND BINARY before_text = %s AND BINARY comment = %s';
    $day = gmdate('Y-m-d H:i:s', time() - 86400);
    $texts = [$row['post_id'], $row['selected_text'], $row['before_text'], $row['comment']];
    if ($wpdb->get_var($wpdb->prepare($same, $row['reporter_hash'], $day, ...$texts))) {
        return new WP_REST_Response(['accepted' => true], 201);
    }
    $recent = "SELECT COUNT(*) FROM $table WHERE reporter_hash = %s AND created_gmt > %s";
    foreach (NEWSROOM_TYPOS_LIMITS as $seconds => $most) {
        $since = gmdate('Y-m-d H:i:s', time() - $seconds);
        if ($wpdb->get_var($wpdb->prepare($recent, $row['reporter_hash'], $since)) >= $most) {
            return newsroom_typos_refuse(429, 'Много сообщений подряд. Спасибо, следующее примем позже.', 'Many reports in a row. Thank you; the next one later.');
        }
    }
    if (!$wpdb->insert($table, $row)) {
        return newsroom_typos_refuse(503, 'Не записано. Попробуйте позже.', 'Not written. Try later.');
    }
    return new WP_REST_Response(['accepted' => true], 201);
}
