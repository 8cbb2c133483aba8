/** Fields of what an EnvoyFilter patches, by `applyTo`. Source: envoyproxy/go-control-plane of the pinned Istio. */
const FIELDS: Readonly<Record<string, string>> = {
  LISTENER:
    'access_log additional_addresses address api_listener bind_to_port bypass_overload_manager connection_balance_config continue_on_listener_filters_timeout cpu_locality_balance default_filter_chain deprecated_v1 drain_type enable_mptcp enable_reuse_port exact_balance extend_balance fcds_config filter_chain_matcher filter_chains freebind ignore_global_conn_limit internal_listener listener_filters listener_filters_timeout max_connections_to_accept_per_socket_event metadata name per_connection_buffer_high_watermark_timeout per_connection_buffer_limit_bytes reuse_port socket_options stat_prefix tcp_backlog_size tcp_fast_open_queue_length tcp_keepalive traffic_direction transparent udp_listener_config use_original_dst',
  FILTER_CHAIN:
    'filter_chain_match filters metadata name transport_socket transport_socket_connect_timeout use_proxy_proto',
  NETWORK_FILTER: 'config_discovery name typed_config',
  HTTP_FILTER: 'config_discovery disabled is_optional name typed_config',
  ROUTE_CONFIGURATION:
    'cluster_specifier_plugins ignore_path_parameters_in_path_matching ignore_port_in_host_matching internal_only_headers max_direct_response_body_size_bytes metadata most_specific_header_mutations_wins name request_headers_to_add request_headers_to_remove request_mirror_policies response_headers_to_add response_headers_to_remove typed_per_filter_config validate_clusters vhds vhost_header virtual_hosts',
  VIRTUAL_HOST:
    'cors domains hedge_policy include_attempt_count_in_response include_is_timeout_retry_header include_request_attempt_count matcher metadata name per_request_buffer_limit_bytes rate_limits request_body_buffer_limit request_headers_to_add request_headers_to_remove request_mirror_policies require_tls response_headers_to_add response_headers_to_remove retry_policy retry_policy_typed_config routes typed_per_filter_config virtual_clusters',
  HTTP_ROUTE:
    'decorator direct_response filter_action match metadata name non_forwarding_action per_request_buffer_limit_bytes redirect request_body_buffer_limit request_headers_to_add request_headers_to_remove response_headers_to_add response_headers_to_remove route stat_prefix tracing typed_per_filter_config',
  CLUSTER:
    'alt_stat_name circuit_breakers cleanup_interval close_connections_on_host_health_failure cluster_type common_http_protocol_options common_lb_config connect_timeout connection_pool_per_downstream_connection dns_failure_refresh_rate dns_jitter dns_lookup_family dns_refresh_rate dns_resolution_config dns_resolvers eds_cluster_config filters health_checks http2_protocol_options http_protocol_options ignore_health_on_host_removal lb_policy lb_subset_config least_request_lb_config load_assignment load_balancing_policy locality_weighted_lb_config lrs_report_endpoint_metrics lrs_server maglev_lb_config max_requests_per_connection metadata name original_dst_lb_config outlier_detection per_connection_buffer_high_watermark_timeout per_connection_buffer_limit_bytes preconnect_policy protocol_selection respect_dns_ttl ring_hash_lb_config round_robin_lb_config track_cluster_stats track_timeout_budgets transport_socket transport_socket_matcher transport_socket_matches type typed_dns_resolver_config typed_extension_protocol_options upstream_bind_config upstream_config upstream_connection_options upstream_http_protocol_options use_tcp_for_dns_lookups wait_for_warm_on_init zone_aware_lb_config',
};

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The first field of a patch's value that Envoy does not know, looked for on its first level only. */
export function unknownPatchField(applyTo: string, value: Readonly<Record<string, unknown>>): string | undefined {
  const fields = FIELDS[applyTo]?.split(' ');
  return fields === undefined ? undefined : Object.keys(value).find((name) => !fields.includes(snake(name)));
}
